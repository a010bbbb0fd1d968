import DocumentKit
import XMLKit

/// Writes the target tree front to back; an element appears only once something is written into it.
struct TargetWriter: ~Copyable {
  private struct Pending {
    let name: WrittenName
    let tag: NodeTag
    var isOpen: Bool
    /// Which element of the document it is, once it is open.
    var element = 0
  }

  private var tree: XMLTreeBuilder
  private var path: [Pending] = []
  /// Elements and attributes written, with those of documents inside this one.
  var nodeCount: Int
  private var elementCount = 1

  /// Begins with the root element, which is written in any case; `count` nodes have been written before. `names` are
  /// those of everything that will be written.
  init(root: WrittenName, names: XMLNames, tag: NodeTag, after count: Int = 0) {
    nodeCount = count + 1
    tree = XMLTreeBuilder(names: names)
    Self.open(root, tag, in: &tree)
  }

  /// Elements below the root that are open or would be, once something is written.
  var depth: Int { path.count }

  /// Whether the innermost element has been written.
  var isInnermostOpen: Bool { path.last?.isOpen ?? true }

  mutating func push(_ name: WrittenName, _ tag: NodeTag) {
    path.append(Pending(name: name, tag: tag, isOpen: false))
  }

  /// Leaves elements until `depth` are left; what nothing was written into disappears.
  mutating func pop(to depth: Int) {
    while path.count > depth {
      if path.removeLast().isOpen { tree.close() }
    }
  }

  /// Writes text into the innermost element; empty text writes the element alone.
  mutating func write(_ text: String) throws(XMLError) {
    openPending()
    try tree.text(text)
  }

  /// Writes text of a tree, which was checked when it came in and is not empty, into the innermost element.
  mutating func write(checked bytes: UnsafeBufferPointer<UInt8>) {
    openPending()
    tree.text(checked: bytes)
  }

  mutating func write(attribute: TargetName, _ value: String) throws(XMLError) {
    openPending()
    nodeCount += 1
    try tree.attribute(
      attribute.local, value, namespace: attribute.namespace, prefix: attribute.prefix)
  }

  /// Writes an empty JSON list of this name into the innermost element.
  mutating func writeEmptyList(_ name: TargetName) {
    openPending()
    nodeCount += 1
    tree.processingInstruction(DocumentTree.emptyListTarget, name.qualified)
  }

  /// Writes the innermost elements even if nothing follows.
  mutating func openPending() {
    guard !isInnermostOpen else { return }
    // Elements open from the outside in, so the first one that is not open is the first of the rest.
    for index in path.indices where !path[index].isOpen {
      Self.open(path[index].name, path[index].tag, in: &tree)
      path[index].isOpen = true
      path[index].element = elementCount
      elementCount += 1
      nodeCount += 1
    }
  }

  /// Where the innermost element stands, or its attribute; everything around it must be open.
  func place(_ attribute: TargetName? = nil) -> TargetPlace {
    TargetPlace(
      steps: path.map { TargetPlace.Step(name: $0.name.target, tag: $0.tag, element: $0.element) }, attribute: attribute
    )
  }

  consuming func finish() -> XMLDocument {
    pop(to: 0)
    tree.close()
    return tree.finish()
  }

  private static func open(_ name: WrittenName, _ tag: NodeTag, in tree: inout XMLTreeBuilder) {
    let mark = XMLNodeMark(tag: tag.rawValue)
    guard name.hasNamespace else { return tree.open(name.stored, mark: mark) }
    let target = name.target
    tree.open(target.local, namespace: target.namespace, prefix: target.prefix, mark: mark)
  }
}
