import DocumentKit
import Translation
import XMLKit

/// Reads out of the rows of a mapping what they expect of the document they read.
///
/// What an expression computes, such as a part of a text, says nothing about the text it was computed from.
struct ExpectationReader {
  let codes: CodeTableRegistry
  let shelf: SchemaShelf
  /// Texts for the rules of the target.
  let values: ExpectedValues
  private var reader: SourceReader
  private var expectations = SourceExpectations()

  /// Where rows write: a place of a schema, nil where the schema is open.
  private struct Target {
    let tree: SchemaTree
    var node: Int?

    func child(_ name: TargetName, isAttribute: Bool = false) -> Target {
      let found = node.flatMap { node in
        tree.children(of: node).first { tree[$0].name == name.local && tree[$0].isAttribute == isAttribute }
      }
      return Target(tree: tree, node: found)
    }
  }

  /// What is known where a row stands.
  private struct Place {
    var context: SourceContext
    var conditions: [SourceExpectations.Condition] = []
    /// A `when` decides whether the row is run.
    var isConditional = false
  }

  private init(_ reader: SourceReader, like other: ExpectationReader) {
    self.reader = reader
    codes = other.codes
    shelf = other.shelf
    values = other.values
  }

  private init(_ reader: SourceReader, codes: CodeTableRegistry, shelf: SchemaShelf) {
    self.reader = reader
    self.codes = codes
    self.shelf = shelf
    values = ExpectedValues(codes: codes)
  }

  /// What the mapping expects of documents that begin with this root.
  static func expectations(
    of definition: MappingDefinition, root: String, codes: CodeTableRegistry, shelf: SchemaShelf,
  ) throws(SchemaShapeError) -> SourceExpectations {
    let source = try shelf.shape(definition.source.schema)
    guard let place = source.root(named: root) else { return SourceExpectations() }
    let tree = shelf.tree(of: source, at: definition.source.schema, from: place)
    var reader = ExpectationReader(
      SourceReader(tree: tree, namespaces: definition.source.namespaces), codes: codes, shelf: shelf)
    let target = try reader.target(definition.target)
    try reader.walk(definition.rows, Place(context: .root), into: target)
    return reader.finished()
  }

  private func target(_ target: MappingDefinition.Target) throws(SchemaShapeError) -> Target? {
    let shape = try shelf.shape(target.schema)
    guard let root = shape.root(named: target.root.local) else { return nil }
    return Target(tree: shelf.tree(of: shape, at: target.schema, from: root), node: SchemaTree.root)
  }

  private consuming func finished() -> SourceExpectations {
    var expectations = expectations
    for (node, texts) in reader.compared { expectations.compared[path(node), default: []].formUnion(texts) }
    return expectations
  }

  // MARK: Rows

  private mutating func walk(_ rows: [MappingRow], _ place: Place, into target: Target?) throws(SchemaShapeError) {
    for row in rows { try visit(row, place, target) }
  }

  private mutating func visit(_ row: MappingRow, _ around: Place, _ parent: Target?) throws(SchemaShapeError) {
    var place = around
    if let when = row.when, let term = try? XPathSyntax(when.text).root {
      _ = reader.evaluate(term, at: place.context, for: .existence)
      place.conditions += conditions(of: term, at: place.context)
      place.isConditional = true
    }
    if let each = row.each {
      let facts = evaluate(each, place, for: .existence)
      if row.isRequired { need(facts.nodes, place) }
      place.context = SourceContext(
        nodes: facts.nodes, group: row.groupBy == nil ? place.context.group : facts.nodes)
      if let key = row.groupBy { _ = evaluate(key, place, for: .comparison) }
    }
    let target = row.target.steps.reduce(parent) { $0?.child($1) }
    let own =
      switch row.target.last {
      case .here: target
      case .element(let name): target?.child(name)
      case .attribute(let name): target?.child(name, isAttribute: true)
      }
    if let parse = row.parse { return try enter(parse, row, place, own) }
    switch row.content {
    case .value: return
    case .rows(let rows): try walk(rows, place, into: own)
    case .document(let nested, let rows): try walk(rows, place, into: try self.target(nested.target))
    case .from(let expression): read(expression, row, place, own)
    }
  }

  /// Rows that read a document inside a string.
  private mutating func enter(
    _ parse: NestedSource, _ row: MappingRow, _ place: Place, _ target: Target?,
  ) throws(SchemaShapeError) {
    let facts = evaluate(parse.from, place, for: .text)
    let shape = try shelf.shape(parse.source.schema)
    let trees = shape.roots.map { shelf.tree(of: shape, at: parse.source.schema, from: $0) }
    let readers = trees.map { SourceReader(tree: $0, namespaces: parse.source.namespaces) }
    guard let best = readers.min(by: { $0.strangers(among: row.children) < $1.strangers(among: row.children) }) else {
      return
    }
    need(facts.nodes, place)
    var inner = ExpectationReader(best, like: self)
    switch row.content {
    case .rows(let rows): try inner.walk(rows, Place(context: .root), into: target)
    case .document(let nested, let rows):
      try inner.walk(rows, Place(context: .root), into: try self.target(nested.target))
    case .from(let expression): inner.read(expression, row, Place(context: .root), target)
    case .value: break
    }
    let root = best.tree[SchemaTree.root].name
    let found = inner.finished()
    for node in facts.nodes {
      expectations.documents.append(
        SourceExpectations.Document(
          path: path(node), conditions: place.conditions, schema: parse.source.schema, root: root,
          isBase64: parse.isBase64, expectations: found))
    }
  }

  /// A row that reads a text.
  private mutating func read(
    _ expression: MappingDefinition.Expression, _ row: MappingRow, _ place: Place, _ target: Target?,
  ) {
    let facts = evaluate(expression, place, for: .text)
    guard let term = try? XPathSyntax(expression.text).root else { return }
    guard term.givesTextAsItIs else { return compute(term, row, place) }
    if row.isRequired { need(facts.nodes, place) }
    let paths = facts.nodes.filter { reader.tree[$0].value != nil }.map(path)
    if case .codes(let inward, let outward) = row.conversion {
      for (reference, direction) in [(inward, CodeTable.Direction.in), (outward, .out)] {
        if let reference { look(reference, direction, paths, place) }
      }
    }
    let rules = target.flatMap { target in target.node.flatMap { target.tree[$0].value } }
    let isJSON = target?.tree.shape.format == .json
    for path in paths {
      var reading = SourceExpectations.Reading(
        path: path, conditions: place.conditions, isConditional: place.isConditional)
      values.describe(&reading, row, rules, isJSON: isJSON)
      expectations.readings.append(reading)
    }
  }

  /// A row that makes something else of the texts it reads.
  private mutating func compute(_ term: XPathTerm, _ row: MappingRow, _ place: Place) {
    var nodes: [Int] = []
    for path in term.paths { nodes += reader.evaluate(path, at: place.context, for: .text).nodes }
    if row.isRequired { need(nodes, place) }
    expectations.computed.formUnion(nodes.map(path))
  }

  /// A table whose answer depends on more than the code.
  private mutating func look(
    _ reference: MappingRow.TableReference, _ direction: CodeTable.Direction, _ paths: [String], _ place: Place,
  ) {
    guard let table = codes[reference.name], !table.columns.isEmpty || table.isDated else { return }
    let columns = table.columns.map { column -> SourceExpectations.Cell? in
      guard let value = reference.columns.first(where: { $0.column == column.name }),
        let term = try? XPathSyntax(value.expression.text).root
      else { return nil }
      if case .literal(let text) = term { return .text(text) }
      guard term.givesTextAsItIs else {
        for inner in term.paths {
          let nodes = reader.evaluate(inner, at: place.context, for: .comparison).nodes
          expectations.computed.formUnion(nodes.map(path) + paths)
        }
        return nil
      }
      return .paths(reader.evaluate(term, at: place.context, for: .comparison).nodes.map(path))
    }
    guard !columns.contains(where: { $0 == nil }) else { return }
    let days = reference.at.map { evaluate($0, place, for: .comparison).nodes.map(path) } ?? []
    expectations.lookups.append(
      SourceExpectations.Lookup(
        table: table, direction: direction, paths: paths, conditions: place.conditions, columns: columns, days: days,
        dayFormat: reference.atTime))
  }

  // MARK: Expressions

  private mutating func evaluate(
    _ expression: MappingDefinition.Expression, _ place: Place, for use: SourceReader.Use,
  ) -> ExpressionFacts {
    guard let term = try? XPathSyntax(expression.text).root else { return .unknown() }
    for path in term.paths { noteMembers(of: path, place) }
    return reader.evaluate(term, at: place.context, for: use)
  }

  /// What predicates such as `person[role = 'child']` look for.
  private mutating func noteMembers(of term: XPathTerm, _ place: Place) {
    guard case .path(let start, let steps) = term else { return }
    for (index, step) in steps.enumerated() where !step.predicates.isEmpty {
      let bare = steps[...index].map { XPathStep($0.axis, $0.test) }
      let nodes = reader.evaluate(.path(start, bare), at: place.context, for: .existence).nodes
      for conjunct in step.predicates.flatMap(\.conjuncts) {
        guard case .operation(.equal, .path(.context, let key), .literal(let text)) = conjunct, !text.isEmpty else {
          continue
        }
        for node in nodes {
          let keyNodes = reader.evaluate(
            .path(.context, key), at: SourceContext(nodes: [node]), for: .comparison
          ).nodes
          guard let keyNode = keyNodes.first, reader.tree[node].step.repeats, path(keyNode).hasPrefix(path(node) + "/")
          else { continue }
          expectations.members.append(
            SourceExpectations.Member(
              path: path(node), key: String(path(keyNode).dropFirst(path(node).count + 1)), text: text,
              conditions: place.conditions))
        }
      }
    }
  }

  /// Below the root; empty for the root itself.
  private func path(_ node: Int) -> String {
    let path = reader.tree.path(of: node)
    return path == "." ? "" : path
  }

  /// The nodes must be there, and what is around them as far as the context.
  private mutating func need(_ nodes: [Int], _ place: Place) {
    for node in nodes {
      let around = reader.tree.ancestors(of: node).prefix { !place.context.nodes.contains($0) }
      for node in [node] + around where node > SchemaTree.root {
        expectations.needs.append(SourceExpectations.Need(path: path(node), conditions: place.conditions))
      }
    }
  }

  /// The places that must have certain texts for the term to be true.
  private mutating func conditions(of term: XPathTerm, at context: SourceContext) -> [SourceExpectations.Condition] {
    term.conjuncts.compactMap { conjunct in
      var paths: Set<String> = []
      var texts: Set<String> = []
      for disjunct in conjunct.disjuncts {
        guard case .operation(.equal, let left, let right) = disjunct, left.givesTextAsItIs,
          case .literal(let text) = right
        else { return nil }
        paths.formUnion(reader.evaluate(left, at: context, for: .comparison).nodes.map(path))
        texts.insert(text)
      }
      guard paths.count == 1, let path = paths.first else { return nil }
      return SourceExpectations.Condition(path: path, texts: texts)
    }
  }
}

extension XPathTerm {
  /// The paths in the term, those in their predicates not among them.
  fileprivate var paths: [XPathTerm] {
    switch self {
    case .path(.term(let inner), _): inner.paths
    case .path: [self]
    case .filter(let inner, _), .negation(let inner): inner.paths
    case .operation(_, let left, let right): left.paths + right.paths
    case .call(_, let arguments): arguments.flatMap(\.paths)
    case .literal, .number, .variable: []
    }
  }

  /// The parts of which one must be true for the whole to be.
  fileprivate var disjuncts: [XPathTerm] {
    guard case .operation(.or, let left, let right) = self else { return [self] }
    return left.disjuncts + right.disjuncts
  }
}
