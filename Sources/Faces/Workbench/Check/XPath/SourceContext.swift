/// Where an expression is evaluated: which nodes can be the context, and what is known to be there.
struct SourceContext: Sendable {
  /// Which of the documents read: 0 is the source itself, others are documents inside its strings.
  var source = 0
  var nodes: [Int]
  /// Expressions that are known to be true here, from a `when` or from a predicate of the `each` around.
  var known: Set<String> = []
  /// The node-set of `$group`, inside a row with `groupBy`.
  var group: [Int]?

  static let root = SourceContext(nodes: [SchemaTree.root])

  static func root(of source: Int) -> SourceContext {
    SourceContext(source: source, nodes: [SchemaTree.root])
  }
}
