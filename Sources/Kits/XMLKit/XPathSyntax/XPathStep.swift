/// One step of a path: in which direction, to which nodes, and which of them.
package struct XPathStep: Sendable, Hashable {
  package enum Axis: String, Sendable, CaseIterable {
    case ancestor
    case ancestorOrSelf = "ancestor-or-self"
    case attribute
    case child
    case descendant
    case descendantOrSelf = "descendant-or-self"
    case following
    case followingSibling = "following-sibling"
    case namespace
    case parent
    case preceding
    case precedingSibling = "preceding-sibling"
    case `self`
  }

  package enum Test: Sendable, Hashable {
    case name(XPathName)
    /// `*`
    case any
    /// `prefix:*`
    case anyOf(prefix: String)
    case node
    case text
    case comment
    /// `processing-instruction()`, with or without a name.
    case processingInstruction(String?)
  }

  package let axis: Axis
  package let test: Test
  package let predicates: [XPathTerm]

  package init(_ axis: Axis, _ test: Test, _ predicates: [XPathTerm] = []) {
    self.axis = axis
    self.test = test
    self.predicates = predicates
  }

  /// What `//` stands for between two steps.
  package static let anyDepth = XPathStep(.descendantOrSelf, .node)
}
