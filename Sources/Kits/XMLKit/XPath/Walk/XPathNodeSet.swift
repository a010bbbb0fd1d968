import CXML

/// Nodes that are found by walking the tree; see `XPathTruth`, also for why it may be shared.
class XPathNodeSet: @unchecked Sendable {
  /// Whether it is nothing but a path of names, without predicates.
  var isPlain: Bool { false }

  /// The first node in document order.
  func first(at node: xmlNodePtr) -> xmlNodePtr? {
    preconditionFailure("a node-set is one of the kinds below")
  }

  /// Calls `body` for each node in document order.
  func forEach(at node: xmlNodePtr, _ body: (xmlNodePtr) -> Void) {
    preconditionFailure("a node-set is one of the kinds below")
  }

  /// Whether `body` is true of one of the nodes; it is asked no further after the first.
  func contains(at node: xmlNodePtr, _ body: (xmlNodePtr) -> Bool) -> Bool {
    preconditionFailure("a node-set is one of the kinds below")
  }
}
