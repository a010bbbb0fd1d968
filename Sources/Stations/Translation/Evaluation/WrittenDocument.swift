import DocumentKit
import XMLKit

/// A document written as text, whose place is known only once the document around it is complete.
struct WrittenDocument {
  let tree: DocumentTree
  let schema: String
  /// Where the text was written in the document around.
  var place = TargetPlace(steps: [])
  /// The document around, once it is complete, and its number; nil for the target itself.
  private var container: (tree: DocumentTree, node: XMLNode, number: Int?)?

  init(tree: DocumentTree, schema: String) {
    self.tree = tree
    self.schema = schema
  }

  /// Finds those of `documents` that have no container yet in `tree`, the document with this number.
  static func place(_ documents: inout ArraySlice<WrittenDocument>, in tree: DocumentTree, numbered number: Int?) {
    let open = documents.indices.filter { documents[$0].container == nil }
    guard !open.isEmpty else { return }
    var elements: [Int: XMLNode] = [:]
    let wanted = Set(open.map { documents[$0].place.element })
    var count = 0
    visit(tree.root, &count) { element, index in
      if wanted.contains(index) { elements[index] = element }
    }
    for index in open {
      let place = documents[index].place
      let element = elements[place.element] ?? tree.root
      let attribute = place.attribute.flatMap { name in
        element.attribute(named: name.local, namespace: name.namespace.map { .uri($0) } ?? .none)
      }
      documents[index].container = (tree, attribute ?? element, number)
    }
  }

  /// The documents with their places, after `tree` has become the target.
  static func placed(_ documents: [WrittenDocument], in tree: DocumentTree) -> [NestedDocument] {
    guard !documents.isEmpty else { return [] }
    var all = documents[...]
    place(&all, in: tree, numbered: nil)
    return all.indices.map { index in
      NestedDocument(tree: all[index].tree, schema: all[index].schema, place: nestedPlace(of: index, all))
    }
  }

  private static func nestedPlace(of index: Int, _ documents: ArraySlice<WrittenDocument>) -> NestedPlace {
    guard let container = documents[index].container else { preconditionFailure("the target is complete") }
    return NestedPlace(
      container.node, in: container.tree, inside: container.number.map { nestedPlace(of: $0, documents) })
  }

  /// Calls `body` for each element with its number in document order.
  private static func visit(_ element: XMLNode, _ count: inout Int, _ body: (XMLNode, Int) -> Void) {
    body(element, count)
    count += 1
    for child in element.elements { visit(child, &count, body) }
  }
}
