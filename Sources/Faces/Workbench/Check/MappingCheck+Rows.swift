import DocumentKit
import Translation
import XMLKit

extension MappingCheck {
  /// Follows rows that write into one element, one after the other.
  mutating func walk(_ rows: [MappingRow], at context: SourceContext, into parent: Int) {
    var open: [(name: TargetName, element: Int)] = []
    for row in rows {
      let (whens, inner) = conditions(of: row, at: context)
      let shared = zip(row.target.steps, open).prefix { $0 == $1.name }.count
      open.removeLast(open.count - shared)
      for name in row.target.steps.dropFirst(shared) {
        open.append(
          (name, enter(name, below: open.last?.element ?? parent, row, isPassedThrough: true)))
      }
      let above = open.last?.element ?? parent
      switch row.target.last {
      case .here:
        around += whens.map { ($0, context) }
        write(row, into: above, whens, context, inner)
        around.removeLast(whens.count)
      case .attribute(let name):
        write(row, into: enter(attribute: name, below: above, row), whens, context, inner)
      case .element(let name):
        let element = enter(name, below: above, row, isPassedThrough: false)
        write(row, into: element, whens, context, inner)
        if !row.makesItsElement { open.append((name, element)) }
      }
      if case .here = row.target.last { open = [] }
    }
  }

  /// The conditions of a row taken apart, and the context in which they are known to hold.
  private mutating func conditions(
    of row: MappingRow, at context: SourceContext,
  ) -> (whens: [XPathTerm], inner: SourceContext) {
    guard let when = row.when, let term = syntax(when) else { return ([], context) }
    _ = evaluate(term, of: when, at: context, for: .existence)
    var table = ConditionTable(sources[context.source], at: context)
    if table.isNever([term]) {
      report(
        .error, .deadRow, at: when.position,
        Sentence(
          "the condition of ‘\(row.target)’ can never be true, so the row never writes",
          "điều kiện của ‘\(row.target)’ không bao giờ đúng nên dòng này không bao giờ ghi"),
        remedy: Sentence("correct the condition or drop the row", "hãy sửa điều kiện hoặc bỏ dòng này"),
        path: row.target.text)
    }
    var inner = context
    inner.known.formUnion(term.conjuncts.map(\.description))
    return ([term], inner)
  }

  private mutating func write(
    _ row: MappingRow, into element: Int, _ whens: [XPathTerm], _ outer: SourceContext,
    _ context: SourceContext,
  ) {
    written[element].whens = whens
    written[element].context = outer
    var context = context
    if let each = row.each {
      guard let nodes = iterate(row, each, at: context, element) else { return }
      context = nodes
    }
    if let parse = row.parse {
      guard let inner = enter(parse, row, at: context, element) else { return }
      context = inner
    }
    written[element].inner = context
    switch row.content {
    case .rows(let rows):
      written[element].isGroup = true
      written[element].isKept = row.isRequired || row.empty == .keep
      checkGroup(row, element)
      walk(rows, at: context, into: element)
    case .document(let nested, let rows): writeDocument(nested, rows, row, at: context, element)
    case .value(let text): feed(constant: text, row, element)
    case .from(let expression):
      guard let term = syntax(expression) else { return }
      let facts = evaluate(term, of: expression, at: context, for: .text)
      feed(facts, term, expression, row, element)
    }
  }

  /// The context of the rows inside `each`; nil where it is no node-set.
  private mutating func iterate(
    _ row: MappingRow, _ each: MappingDefinition.Expression, at context: SourceContext,
    _ element: Int,
  ) -> SourceContext? {
    guard let term = syntax(each) else { return nil }
    let facts = evaluate(term, of: each, at: context, for: .existence)
    guard facts.kind == .nodes || facts.kind == .unknown else {
      report(
        .error, .typeClash, at: each.position,
        Sentence(
          "‘each’ of ‘\(row.target)’ gives a \(facts.kind.rawValue) and no nodes",
          "‘each’ của ‘\(row.target)’ cho ra \(facts.kind.rawValue) chứ không phải các nút"),
        remedy: Sentence("write the path of the elements that repeat", "hãy viết đường dẫn của các phần tử lặp lại"),
        path: row.target.text)
      return nil
    }
    written[element].changesContext = true
    written[element].mayHaveNoNode = facts.mayBeAbsent || facts.kind == .unknown
    checkList(row, element, facts)
    for node in facts.nodes { visits[context.source][node] = row.position }
    if let key = row.groupBy, let term = syntax(key) {
      let inner = SourceContext(source: context.source, nodes: facts.nodes, group: context.group)
      _ = evaluate(term, of: key, at: inner, for: .comparison)
    }
    return SourceContext(
      source: context.source, nodes: facts.nodes,
      known: Set(term.predicatesOfLastStep.flatMap(\.conjuncts).map(\.description)),
      group: row.groupBy == nil ? context.group : facts.nodes)
  }

  // MARK: Feeding

  private mutating func feed(constant text: String, _ row: MappingRow, _ element: Int) {
    written[element].feed = WrittenElement.Feed(
      isSure: !text.isEmpty || row.empty == .keep, from: "value")
    checkList(row, element, nil)
    if !text.isEmpty { checkConstant(text, "value", row, element) }
    // An element without text and without content may be just what is meant.
    let node = written[element].node
    if text.isEmpty, node.map({ targets[written[element].target][$0].value != nil }) ?? false {
      checkEmpty(row, element)
    }
  }

  private mutating func feed(
    _ facts: ExpressionFacts, _ term: XPathTerm, _ expression: MappingDefinition.Expression,
    _ row: MappingRow,
    _ element: Int,
  ) {
    // A name of one word has a given name and nothing else.
    let mayBeLost = if case .part(let part) = row.conversion { part != .given } else { false }
    let mayBeMissing = facts.mayBeEmpty || facts.mayBeAbsent || mayBeLost
    written[element].feed = WrittenElement.Feed(
      isSure: !mayBeMissing || row.substitute != nil || row.isRequired || row.empty == .keep, from: expression.text,
      places: Set(facts.nodes), anchor: sources[written[element].context.source].anchor(of: facts))
    if row.each == nil { checkList(row, element, nil) }
    if facts.kind == .nodes || facts.kind == .text, !facts.isSingle {
      // A predicate such as [role = 'child'] is a choice already, though nothing says that one node is left.
      report(
        facts.isFiltered ? .warning : .error, .firstWins, at: expression.position,
        Sentence(
          "‘\(expression.text)’ can be several nodes, of which only the first reaches ‘\(row.target)’",
          "‘\(expression.text)’ có thể là nhiều nút, chỉ nút đầu tiên tới được ‘\(row.target)’"),
        remedy: Sentence(
          "use ‘each’, or choose one of them with a predicate such as [1] or [last()]",
          "hãy dùng ‘each’, hoặc chọn một nút bằng vị từ như [1] hay [last()]"), path: row.target.text)
    }
    if let substitute = row.substitute { checkConstant(substitute, "default", row, element) }
    if row.empty == .keep, mayBeMissing { checkEmpty(row, element) }
    checkValue(facts, expression, row, element)
  }
}

extension MappingRow {
  /// Whether the row makes its last element itself, for every group or node anew.
  var makesItsElement: Bool {
    if case .rows = content { return true }
    return each != nil || parse != nil
  }
}

extension XPathTerm {
  /// The parts that must all be true for the whole to be.
  var conjuncts: [XPathTerm] {
    switch self {
    case .operation(.and, let left, let right): left.conjuncts + right.conjuncts
    case .call(let name, let arguments) where name.description == "boolean" && arguments.count == 1:
      arguments[0].conjuncts
    default: [self]
    }
  }

  var predicatesOfLastStep: [XPathTerm] {
    switch self {
    case .path(_, let steps): steps.last?.predicates ?? []
    case .filter(_, let predicates): predicates
    default: []
    }
  }
}
