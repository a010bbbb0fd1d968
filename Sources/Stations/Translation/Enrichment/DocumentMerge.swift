import DocumentKit
import XMLKit

/// Completes a canonical document with what another tells of the same dossier.
///
/// What the document itself says always wins; only what it is silent about is taken over. Members of lists are the same
/// thing when their `id` is: a file that is named again keeps the address that it had, and one that is not named is not
/// lost.
struct DocumentMerge: Sendable {
  /// The order in which the canonical schema wants what is put together.
  let order: ElementOrder

  func merge(_ own: DocumentTree, over other: XMLNode) -> DocumentTree {
    var builder = XMLTreeBuilder()
    write(own.root, completedBy: other, at: own.root.localName, to: &builder)
    guard let tree = try? DocumentTree(xml: builder.finish()) else {
      preconditionFailure("a tree with a root has a root")
    }
    return tree
  }

  /// A child of the merged element: its own, perhaps with a counterpart that completes it, or one taken over.
  private struct Child {
    let node: XMLNode
    var counterpart: XMLNode?
  }

  /// Writes an element with everything it tells, and with what only the other one tells.
  private func write(
    _ own: XMLNode, completedBy other: XMLNode, at path: String, to builder: inout XMLTreeBuilder
  ) {
    var children = own.elements.map { child in
      Child(
        node: child, counterpart: Self.hasElements(child) ? Self.counterpart(of: child, in: other, beside: own) : nil)
    }
    let told = Set(children.map(\.node.localName))
    children += other.elements.filter { !told.contains($0.localName) || Self.isUntold($0, by: own) }.map {
      Child(node: $0)
    }
    builder.open(own.localName)
    for child in order.sorted(children, at: path, by: \.node.localName) {
      if let counterpart = child.counterpart {
        write(child.node, completedBy: counterpart, at: "\(path)/\(child.node.localName)", to: &builder)
      } else {
        builder.copy(child.node)
      }
    }
    builder.close()
  }

  /// The other's element that tells of the same thing: of the same name and `id`, or the only one of its name on both sides.
  private static func counterpart(of child: XMLNode, in other: XMLNode, beside own: XMLNode) -> XMLNode? {
    let candidates = other.elements.filter { $0.isNamed(child.localName) }
    if let id = identity(of: child) { return candidates.first { identity(of: $0) == id } }
    let isAlone = own.elements.filter { $0.isNamed(child.localName) }.count == 1
    return isAlone && candidates.count == 1 && identity(of: candidates[0]) == nil ? candidates[0] : nil
  }

  /// Whether another's member of a list has an `id` that no member of the own list has.
  private static func isUntold(_ child: XMLNode, by own: XMLNode) -> Bool {
    guard let id = identity(of: child) else { return false }
    return !own.elements.contains { $0.isNamed(child.localName) && identity(of: $0) == id }
  }

  private static func identity(of element: XMLNode) -> String? { element.firstElement(named: "id")?.text }
  private static func hasElements(_ element: XMLNode) -> Bool { element.elements.contains { _ in true } }
}
