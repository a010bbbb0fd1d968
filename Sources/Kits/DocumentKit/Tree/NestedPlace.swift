package import XMLKit

/// Where something stands in a message, or in a document inside one of its strings, or in one inside that.
///
/// Path and position are worked out when they are asked for: both cost a walk through the document.
package final class NestedPlace {
  private let node: XMLNode
  /// Steps below the node that lead to what is not there.
  private let steps: [String]
  private let tree: DocumentTree
  /// Where the text of `tree` stands; nil for the message itself.
  private let around: NestedPlace?

  /// The place of a node, or of a child that it has or would have.
  package init(_ node: XMLNode, child steps: [String] = [], in tree: DocumentTree, inside around: NestedPlace? = nil) {
    self.node = node
    self.steps = steps
    self.tree = tree
    self.around = around
  }

  /// A JSON Pointer or an XPath; `outer » inner` inside a nested document.
  package var path: String {
    let own = steps.isEmpty ? tree.path(of: node) : tree.path(of: node, child: steps)
    guard let around else { return own }
    return own.isEmpty ? around.path : around.path + " » " + own
  }

  /// Line and column in the message, zeros if unknown; of everything inside a nested document those of its text.
  package var position: (line: Int, column: Int) {
    around?.position ?? tree.position(of: node) ?? (0, 0)
  }
}
