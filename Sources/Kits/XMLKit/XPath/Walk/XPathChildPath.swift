import CXML

/// Walks the tree for a path of names, like `h:Ma`, `/a/b/@c`, `person[role = 'father'][1]/name`, `self::a/b` or `.`.
///
/// They are most of what mappings and routes ask for, and walking costs a fraction of setting libxml2's evaluator up.
/// The result is the same; a test compares the two on every shape.
///
/// `@unchecked Sendable`: what the pointers lead to is written by the initialiser and only read until deinit, which frees
/// it. Bare nodes are safe here because the caller holds the document for the length of a call.
final class XPathChildPath: XPathNodeSet, @unchecked Sendable {
  /// Which of the siblings that fulfil a step's conditions it selects.
  enum Place: Sendable, Equatable {
    /// Counted from 1.
    case number(Int)
    case last
  }

  /// One step before it is laid out for walking.
  struct Draft {
    let name: String
    /// Nil for no namespace.
    let namespace: String?
    /// The step's conditions, all in one.
    let condition: XPathTruth?
    /// Its last predicate, where that is a place; nil where it selects all.
    let place: Place?
  }

  private struct Step {
    /// The local name, terminated by a zero.
    let name: UnsafePointer<UInt8>
    /// The namespace, nil for none.
    let namespace: UnsafePointer<UInt8>?
    /// Borrowed from `conditions`.
    let condition: Unmanaged<XPathTruth>?
    let place: Place?
  }

  private let isAbsolute: Bool
  /// What the context itself must be; nil where it may be anything.
  private let own: Step?
  /// Allocated, like the texts in it, so that a walk retains nothing.
  private let elements: UnsafeBufferPointer<Step>
  private let attribute: Step?
  private let conditions: [XPathTruth]

  init(isAbsolute: Bool, own: Draft? = nil, elements: [Draft], attribute: Draft?) {
    self.isAbsolute = isAbsolute
    self.own = own.map(Self.step)
    conditions = (elements + [own, attribute].compactMap(\.self)).compactMap(\.condition)
    let steps = UnsafeMutableBufferPointer<Step>.allocate(capacity: elements.count)
    _ = steps.initialize(from: elements.map(Self.step))
    self.elements = UnsafeBufferPointer(steps)
    self.attribute = attribute.map(Self.step)
  }

  deinit {
    for step in Array(elements) + [own, attribute].compactMap(\.self) {
      step.name.deallocate()
      step.namespace?.deallocate()
    }
    elements.deallocate()
  }

  override var isPlain: Bool { conditions.isEmpty && own == nil && elements.allSatisfy { $0.place == nil } }

  private static func step(_ draft: Draft) -> Step {
    Step(
      name: copy(draft.name), namespace: draft.namespace.map(copy),
      condition: draft.condition.map { Unmanaged.passUnretained($0) }, place: draft.place)
  }

  private static func copy(_ text: String) -> UnsafePointer<UInt8> {
    let bytes = Array(text.utf8) + [0]
    let copied = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    _ = copied.initialize(from: bytes)
    return UnsafePointer(copied.baseAddress!)
  }

  override func first(at node: xmlNodePtr) -> xmlNodePtr? {
    var found: xmlNodePtr?
    _ = contains(at: node) {
      found = $0
      return true
    }
    return found
  }

  override func forEach(at node: xmlNodePtr, _ body: (xmlNodePtr) -> Void) {
    _ = contains(at: node) {
      body($0)
      return false
    }
  }

  override func contains(at node: xmlNodePtr, _ body: (xmlNodePtr) -> Bool) -> Bool {
    if let own, node.pointee.type != XML_ELEMENT_NODE || !Self.matches(node, own) { return false }
    return visit(start(at: node), elements[...], body)
  }

  private func start(at node: xmlNodePtr) -> xmlNodePtr {
    guard isAbsolute, let document = node.pointee.doc else { return node }
    return UnsafeMutableRawPointer(document).assumingMemoryBound(to: xmlNode.self)
  }

  /// Visits what `steps` select below `node` until `body` has enough; whether it had.
  ///
  /// Since each step goes from parents to children, going depth first is document order, and no node comes twice.
  private func visit(
    _ node: xmlNodePtr, _ steps: Slice<UnsafeBufferPointer<Step>>, _ body: (xmlNodePtr) -> Bool
  ) -> Bool {
    guard let step = steps.first else { return end(at: node).map(body) ?? false }
    let rest = steps.dropFirst()
    var child = Self.firstElement(of: node, step)
    if let place = step.place {
      guard let element = Self.element(at: place, from: child, step) else { return false }
      return visit(element, rest, body)
    }
    while let current = child {
      if visit(current, rest, body) { return true }
      child = Self.element(from: current.pointee.next, step)
    }
    return false
  }

  /// The node itself or, where the path ends with one, its attribute: an element has one of a name.
  private func end(at node: xmlNodePtr) -> xmlNodePtr? {
    guard let attribute else { return node }
    guard node.pointee.type == XML_ELEMENT_NODE else { return nil }
    var candidate = node.pointee.properties
    while let current = candidate {
      if let node = XMLNode.asNode(current), Self.matches(node, attribute) { return node }
      candidate = current.pointee.next
    }
    return nil
  }

  private static func firstElement(of node: xmlNodePtr, _ step: Step) -> xmlNodePtr? {
    guard node.pointee.type == XML_ELEMENT_NODE || node.pointee.type == XML_DOCUMENT_NODE else { return nil }
    return element(from: node.pointee.children, step)
  }

  /// The one at this place among `first`, which fulfils the step, and its siblings that do.
  private static func element(at place: Place, from first: xmlNodePtr?, _ step: Step) -> xmlNodePtr? {
    var (found, candidate, count) = (xmlNodePtr?.none, first, 0)
    while let current = candidate {
      count += 1
      if place == .number(count) { return current }
      found = current
      candidate = element(from: current.pointee.next, step)
    }
    return place == .last ? found : nil
  }

  private static func element(from start: xmlNodePtr?, _ step: Step) -> xmlNodePtr? {
    var candidate = start
    while let current = candidate {
      if current.pointee.type == XML_ELEMENT_NODE, matches(current, step) { return current }
      candidate = current.pointee.next
    }
    return nil
  }

  // Elements and attributes alike: `ns` is at the same place in both (see `XMLNode`).
  private static func matches(_ node: xmlNodePtr, _ step: Step) -> Bool {
    guard let name = node.pointee.name, equal(name, step.name) else { return false }
    if let wanted = step.namespace {
      guard let href = node.pointee.ns?.pointee.href, equal(href, wanted) else { return false }
    } else if node.pointee.ns != nil {
      return false
    }
    // `conditions` holds what is borrowed, and `self` is held by whoever walks.
    return step.condition?._withUnsafeGuaranteedRef { $0.holds(at: node) } ?? true
  }

  // Both end with a zero. Most names part at the first bytes, before a call to `strcmp` would have begun.
  private static func equal(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>) -> Bool {
    var index = 0
    while left[index] == right[index] {
      if left[index] == 0 { return true }
      index += 1
    }
    return false
  }
}
