import DocumentKit
import XMLKit

/// Evaluates expressions over a schema instead of a document: which places they reach, which texts they can give.
///
/// It errs on the side of more: what it does not understand may reach anything and give any text. Every place whose text
/// an expression uses is remembered as read, every place it only asks after as consulted.
struct SourceReader: Sendable {
  /// What is done with the nodes found.
  enum Use: Sendable {
    /// Their text becomes part of what is written.
    case text
    /// Their text decides about something.
    case comparison
    /// Whether they are there decides about something, or how many they are.
    case existence
  }

  let tree: SchemaTree
  let namespaces: [String: String]
  /// Places that may repeat by the schema and of which the mapping refuses more than one.
  var single: Set<Int> = []
  private(set) var read: Set<Int> = []
  private(set) var consulted: Set<Int> = []
  private(set) var unknown: [UnknownStep] = []
  /// Texts that places are compared with: `kind = 'citizen'`.
  private(set) var compared: [Int: Set<String>] = [:]

  init(tree: SchemaTree, namespaces: [String: String]) {
    self.tree = tree
    self.namespaces = namespaces
  }

  mutating func evaluate(_ term: XPathTerm, at context: SourceContext, for use: Use)
    -> ExpressionFacts
  {
    switch term {
    case .literal(let text): return .constant(text)
    case .number(let digits):
      var facts = ExpressionFacts.number(isWhole: !digits.contains("."))
      facts.texts = [digits]
      return facts
    case .variable(let name): return variable(name, context, use)
    case .negation(let operand):
      _ = evaluate(operand, at: context, for: use)
      return .number()
    case .operation(let symbol, let left, let right):
      return operation(symbol, left, right, context, use)
    case .call(let name, let arguments): return call(name, arguments, context, use)
    case .filter(let inner, let predicates):
      return finish(filter(evaluate(inner, at: context, for: .existence), predicates, context), use)
    case .path(let start, let steps):
      var facts = finish(path(start, steps, context), use)
      if context.known.contains(term.description) {
        facts.mayBeAbsent = false
        facts.mayBeEmpty = facts.rules.isEmpty || facts.rules.contains { $0.mayBeEmpty }
      }
      return facts
    }
  }

  /// The topmost place that is never there without the text; nil where the text is computed or chosen.
  func anchor(of facts: ExpressionFacts) -> Int? {
    guard facts.nodes.count == 1, !facts.isFiltered, !facts.isOpen, !facts.rules.isEmpty,
      !facts.rules.contains(where: { $0.mayBeEmpty }), var anchor = facts.nodes.first
    else { return nil }
    while let parent = tree[anchor].parent, parent != SchemaTree.document,
      tree.guarantees(oneOf: [anchor], in: parent, isFilled: true)
    {
      anchor = parent
    }
    return anchor
  }

  /// What was unknown since the last call.
  mutating func takeUnknown() -> [UnknownStep] {
    defer { unknown = [] }
    return unknown
  }

  mutating func report(_ step: UnknownStep) {
    if !unknown.contains(step) { unknown.append(step) }
  }

  // MARK: Operators

  private mutating func operation(
    _ symbol: XPathTerm.Operator, _ left: XPathTerm, _ right: XPathTerm, _ context: SourceContext,
    _ use: Use,
  ) -> ExpressionFacts {
    switch symbol {
    case .union:
      let sides = [left, right].map { evaluate($0, at: context, for: .existence) }
      return finish(union(sides[0], sides[1], context), use)
    case .or, .and:
      _ = evaluate(left, at: context, for: .existence)
      _ = evaluate(right, at: context, for: .existence)
      return .boolean
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      let sides = [left, right].map { evaluate($0, at: context, for: .comparison) }
      if symbol == .equal {
        compare(sides[0], left, with: right)
        compare(sides[1], right, with: left)
      }
      return .boolean
    case .plus, .minus, .multiply, .divide, .remainder:
      let operands = [left, right].map {
        evaluate($0, at: context, for: use == .existence ? .comparison : use)
      }
      let isWhole =
        symbol != .divide
        && operands.allSatisfy { $0.kind == .number && $0.rules.first?.kind == .integer }
      return .number(isWhole: isWhole)
    }
  }

  private func union(
    _ left: ExpressionFacts, _ right: ExpressionFacts, _ context: SourceContext,
  ) -> ExpressionFacts {
    guard left.kind == .nodes, right.kind == .nodes else { return .unknown() }
    let nodes = left.nodes + right.nodes.filter { !left.nodes.contains($0) }
    let areAlternatives =
      left.isSingle && right.isSingle && nodes.allSatisfy { tree[$0].step.isAlternative }
    var facts = ExpressionFacts(kind: .nodes, nodes: nodes)
    facts.isSingle = nodes.count < 2 && left.isSingle && right.isSingle || areAlternatives
    facts.mayBeAbsent = left.mayBeAbsent && right.mayBeAbsent
    if facts.mayBeAbsent, left.isPlain, right.isPlain,
      let parent = nodes.first.flatMap({ tree[$0].parent }),
      nodes.allSatisfy({ tree[$0].parent == parent })
    {
      facts.mayBeAbsent = !tree.guarantees(
        oneOf: Set(nodes), in: parent, isFilled: context.nodes.contains(parent))
    }
    facts.isOpen = left.isOpen || right.isOpen
    return facts
  }

  private mutating func variable(_ name: XPathName, _ context: SourceContext, _ use: Use)
    -> ExpressionFacts
  {
    guard name.prefix == nil, name.local == "group", let group = context.group else {
      return .unknown()
    }
    return finish(ExpressionFacts(kind: .nodes, nodes: group, isSingle: false), use)
  }

  private mutating func compare(_ facts: ExpressionFacts, _ term: XPathTerm, with other: XPathTerm) {
    guard term.givesTextAsItIs, case .literal(let text) = other, !text.isEmpty else { return }
    for node in facts.nodes { compared[node, default: []].insert(text) }
  }

  // MARK: Using nodes

  /// Remembers what is used of the nodes and works out which texts they give.
  private mutating func finish(_ facts: ExpressionFacts, _ use: Use) -> ExpressionFacts {
    guard facts.kind == .nodes else { return facts }
    var facts = facts
    for node in facts.nodes { note(node, use) }
    facts.rules = facts.nodes.map { tree[$0].value ?? ValueRules(.string) }
    facts.texts = Self.texts(of: facts.rules)
    facts.mayBeEmpty = facts.mayBeAbsent || facts.isOpen || facts.rules.contains { $0.mayBeEmpty }
    return facts
  }

  private static func texts(of rules: [ValueRules]) -> [String]? {
    var all: [String] = []
    for rule in rules {
      guard let texts = rule.listedTexts else { return nil }
      all += texts.filter { !all.contains($0) }
    }
    return rules.isEmpty || all.count > ExpressionFacts.textsLimit ? nil : all
  }

  private mutating func note(_ node: Int, _ use: Use) {
    switch use {
    case .existence: consulted.insert(node)
    case .comparison:
      consulted.formUnion(tree.subtree(of: node).filter { !tree[$0].isAttribute || $0 == node })
    case .text:
      read.formUnion(tree.subtree(of: node).filter { !tree[$0].isAttribute || $0 == node })
    }
  }
}

extension ExpressionFacts {
  /// Nodes found by steps alone, which no predicate has thinned out: then absence is the schema's say.
  fileprivate var isPlain: Bool { kind == .nodes && !isOpen && !isFiltered }
}

extension XPathTerm {
  /// Whether the value is the text of a node as it stands, white space aside.
  var givesTextAsItIs: Bool {
    switch self {
    case .path, .variable, .operation(.union, _, _): true
    case .filter(let inner, _): inner.givesTextAsItIs
    case .call(let name, let arguments):
      ["string", "normalize-space"].contains(name.description) && arguments.allSatisfy(\.givesTextAsItIs)
    default: false
    }
  }
}
