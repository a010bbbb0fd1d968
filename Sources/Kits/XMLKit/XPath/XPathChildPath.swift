import CXML
import Glibc

/// Walks the tree for expressions that are nothing but a path of names, like `h:Ma`, `/a/b/@c` or `.`.
///
/// They are most of what mappings and routes ask for, and walking costs a fraction of setting libxml2's evaluator up.
/// The result is the same: what is no such path is left to libxml2, and a test compares the two on every shape.
///
/// `@unchecked Sendable`: the names are written by the initialiser and only read until deinit.
final class XPathChildPath: @unchecked Sendable {
  private struct Step {
    /// The local name, terminated by a zero.
    let name: UnsafeMutablePointer<CChar>
    /// The namespace, nil for none.
    let namespace: UnsafeMutablePointer<CChar>?
  }

  private let isAbsolute: Bool
  private let elements: [Step]
  private let attribute: Step?

  /// The path in `source`, nil when it is anything else.
  init?(_ source: String, prefixes: [String: String]) {
    var parts = source.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    isAbsolute = parts.count > 1 && parts[0].isEmpty
    if isAbsolute { parts.removeFirst() }
    if !isAbsolute, parts == ["."] { parts = [] }
    var attributeName: String?
    if let last = parts.last, last.hasPrefix("@") {
      attributeName = String(last.dropFirst())
      parts.removeLast()
    }
    let names = (parts + [attributeName].compactMap(\.self)).map { XPathNames.qualifiedName($0) }
    guard names.allSatisfy({ $0 != nil }), names.allSatisfy({ $0?.prefix.map { prefixes[$0] != nil } ?? true }) else {
      return nil
    }
    var steps = names.compactMap(\.self).map { name in
      Step(name: strdup(name.local), namespace: name.prefix.flatMap { prefixes[$0] }.map { strdup($0) })
    }
    attribute = attributeName == nil ? nil : steps.removeLast()
    elements = steps
  }

  deinit {
    for step in elements + [attribute].compactMap(\.self) {
      free(step.name)
      free(step.namespace)
    }
  }

  /// The first node in document order.
  func first(at node: xmlNodePtr) -> xmlNodePtr? {
    var found: xmlNodePtr?
    _ = visit(start(at: node), 0) { node in
      found = node
      return false
    }
    return found
  }

  /// Calls `body` for each node in document order.
  func forEach(at node: xmlNodePtr, _ body: (xmlNodePtr) -> Void) {
    _ = visit(start(at: node), 0) { node in
      body(node)
      return true
    }
  }

  private func start(at node: xmlNodePtr) -> xmlNodePtr {
    guard isAbsolute, let document = node.pointee.doc else { return node }
    return UnsafeMutableRawPointer(document).assumingMemoryBound(to: xmlNode.self)
  }

  /// Visits what the steps from `index` on select below `node`; false when `body` had enough.
  ///
  /// Since each step goes from parents to children, going depth first is document order, and no node comes twice.
  private func visit(_ node: xmlNodePtr, _ index: Int, _ body: (xmlNodePtr) -> Bool) -> Bool {
    guard index < elements.count else { return visitEnd(node, body) }
    guard node.pointee.type == XML_ELEMENT_NODE || node.pointee.type == XML_DOCUMENT_NODE else { return true }
    let step = elements[index]
    var child = node.pointee.children
    while let current = child {
      if current.pointee.type == XML_ELEMENT_NODE, Self.matches(current, step) {
        guard visit(current, index + 1, body) else { return false }
      }
      child = current.pointee.next
    }
    return true
  }

  private func visitEnd(_ node: xmlNodePtr, _ body: (xmlNodePtr) -> Bool) -> Bool {
    guard let attribute else { return body(node) }
    guard node.pointee.type == XML_ELEMENT_NODE else { return true }
    var candidate = node.pointee.properties
    while let current = candidate {
      if let node = XMLNode.asNode(current), Self.matches(node, attribute) {
        guard body(node) else { return false }
      }
      candidate = current.pointee.next
    }
    return true
  }

  // Elements and attributes alike: `ns` is at the same place in both (see `XMLNode`).
  private static func matches(_ node: xmlNodePtr, _ step: Step) -> Bool {
    guard let name = node.pointee.name, equal(name, step.name) else { return false }
    guard let wanted = step.namespace else { return node.pointee.ns == nil }
    guard let href = node.pointee.ns?.pointee.href else { return false }
    return equal(href, wanted)
  }

  private static func equal(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<CChar>) -> Bool {
    strcmp(UnsafeRawPointer(left).assumingMemoryBound(to: CChar.self), right) == 0
  }
}
