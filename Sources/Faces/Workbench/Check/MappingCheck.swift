import DocumentKit
import Translation
import XMLKit

/// Follows the rows of one mapping over the schemas of both its ends and says what cannot be right.
///
/// Nothing is run. The source is read by `SourceReader`, which knows for every expression which places it can reach; what
/// is written becomes a tree of `WrittenElement`s, which is then held against the target schema.
struct MappingCheck {
  let definition: MappingDefinition
  let codes: CodeTableRegistry
  /// Where the schemas of documents inside strings are.
  let shelf: SchemaShelf
  var sources: [SourceReader]
  var targets: [SchemaTree]
  var written: [WrittenElement] = []
  /// Which codes each use of a table can ask for; nil where every text is possible.
  var codeUses: [CodeUse] = []
  /// Places of the source that a group visits, with the row that does; by source.
  var visits: [[Int: YAMLPosition]] = [[:]]
  /// What the mapping says of each document it reads: where, and which of its places nobody reads.
  var readings: [(position: YAMLPosition, ignored: [MappingDefinition.Ignored])] = []
  /// What tells the documents read apart: several rows may read the same text, and then read one document together.
  var documents: [String] = [""]
  /// Texts of a place that have no counterpart on purpose, by source.
  var withheld: [[Int: Set<String>]] = []
  /// The conditions of the groups with `to: .` around the row that is being followed.
  var around: [(when: XPathTerm, context: SourceContext)] = []
  private(set) var findings: [CheckFinding] = []
  private var seen: Set<CheckFinding> = []

  struct CodeUse {
    let table: String
    let direction: CodeTable.Direction
    let codes: [String]?
  }

  init(
    _ definition: MappingDefinition, codes: CodeTableRegistry, shelf: SchemaShelf,
    source: SchemaTree,
    target: SchemaTree,
  ) {
    self.definition = definition
    self.codes = codes
    self.shelf = shelf
    sources = [SourceReader(tree: source, namespaces: definition.source.namespaces)]
    targets = [target]
    readings = [(definition.source.position, definition.ignored)]
  }

  /// How bad it is that nobody reads a leaf of the source; nil where the mapping does not care.
  var unreadLevel: CheckFinding.Level? {
    switch definition.unread {
    case .ignore: nil
    case .warn: .warning
    case .error: .error
    }
  }

  mutating func run() {
    written = [
      WrittenElement(
        target: 0, node: SchemaTree.root, name: targets[0][SchemaTree.root].name, parent: nil,
        row: nil,
        position: definition.target.position, isKept: true)
    ]
    withheld = [withheldTexts(of: 0)]
    sources[0].single = singlePlaces()
    walk(definition.rows, at: .root, into: 0)
    checkRequirements()
    checkOrder()
    checkWrittenTwice()
    checkUnread()
    noteUnfed()
  }

  mutating func report(
    _ level: CheckFinding.Level, _ rule: CheckRule, at position: YAMLPosition, _ message: Sentence,
    remedy: Sentence = .none, path: String = "", code: String? = nil,
  ) {
    let finding = CheckFinding(
      level, rule, at: position, message, remedy: remedy, path: path, code: code)
    guard seen.insert(finding).inserted else { return }
    findings.append(finding)
  }

  /// Places of which a document with several is refused: a row that must not be empty reads `entry[last() = 1]/…`.
  private func singlePlaces() -> Set<Int> {
    var single: Set<Int> = []
    for row in definition.rows where row.isRequired && row.when == nil && row.each == nil {
      guard case .from(let expression) = row.content,
        case .path(.context, let steps)? = try? shelf.term(expression.text),
        let end = steps.firstIndex(where: { $0.predicates.contains { $0.position == .only } })
      else { continue }
      var copy = sources[0]
      let path = steps[..<end] + [XPathStep(steps[end].axis, steps[end].test)]
      let facts = copy.evaluate(.path(.context, Array(path)), at: .root, for: .existence)
      if facts.nodes.count == 1 { single.formUnion(facts.nodes) }
    }
    return single
  }

  // MARK: Expressions

  /// The expression taken apart; nil after a complaint.
  mutating func syntax(_ expression: MappingDefinition.Expression) -> XPathTerm? {
    do throws(XMLError) {
      return try shelf.term(expression.text)
    } catch {
      report(
        .error, .expression, at: expression.position,
        Sentence(error.message, "biểu thức không đúng XPath 1.0: \(error.message)"),
        remedy: Sentence("see column \(error.column) of the expression", "hãy xem cột \(error.column) của biểu thức"))
      return nil
    }
  }

  /// What the expression can be; complains of steps the schema does not have.
  mutating func evaluate(
    _ term: XPathTerm, of expression: MappingDefinition.Expression, at context: SourceContext,
    for use: SourceReader.Use,
  ) -> ExpressionFacts {
    let facts = sources[context.source].evaluate(term, at: context, for: use)
    for step in sources[context.source].takeUnknown() {
      let place =
        step.parent == "."
        ? Sentence("the root of the source", "gốc của nguồn")
        : Sentence("‘\(step.parent)’ of the source", "‘\(step.parent)’ của nguồn")
      report(
        .error, .unknownSource, at: expression.position,
        Sentence("\(place) has no ‘\(step.name)’", "\(place.vietnamese) không có ‘\(step.name)’"),
        remedy: step.nearest.map(Sentence.didYouMean)
          ?? Sentence("correct the path, or declare it in the schema", "hãy sửa đường dẫn, hoặc khai báo trong lược đồ"),
        path: step.parent == "." ? step.name : "\(step.parent)/\(step.name)")
    }
    return facts
  }
}
