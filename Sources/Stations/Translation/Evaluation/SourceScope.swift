import DocumentKit
import XMLKit

/// What rows read from: the message, a document inside a string, and the nodes that `groupBy` has put together.
struct SourceScope {
  let tree: DocumentTree
  /// Where the text of a nested document stands; nil for the message.
  let outer: NestedPlace?
  /// The nodes of `$group`.
  var group: [XMLNode] = []

  init(_ tree: DocumentTree, inside outer: NestedPlace? = nil) {
    self.tree = tree
    self.outer = outer
  }
}
