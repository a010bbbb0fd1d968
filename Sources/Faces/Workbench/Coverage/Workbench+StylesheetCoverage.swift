import DocumentKit
import FileKit
import Translation
import XMLKit

extension Workbench {
  /// What the examples and refusals of a stylesheet use of it: an instrumented copy tells which templates and branches are
  /// taken, and changing the documents which of their leaves matter.
  func coverage(of stylesheet: StylesheetMapping, _ mapping: Mapping) throws(WorkbenchError) -> CoverageReport {
    let watch: StylesheetWatch
    do throws(XMLError) {
      watch = try StylesheetWatch(stylesheet)
    } catch {
      throw WorkbenchError(.mapping, "the instrumented copy of \(stylesheet.file) cannot be used: \(error.message)")
    }
    var use = StylesheetUse()
    var untranslated: [String] = []
    let examples = examples(of: mapping, .example)
    for example in examples {
      let document = try document(of: example, for: mapping)
      let (run, explanation) = try explain(mapping, document)
      guard case .translated = run.result, let explanation else {
        untranslated.append(example.name)
        continue
      }
      use.take(document, explanation)
      try use.take(watch.run(document.tree.document), of: example)
    }
    for example in self.examples(of: mapping, .refusal) {
      try use.take(watch.run(try document(of: example, for: mapping).tree.document), of: example)
    }
    var items = use.items(of: watch.parts)
    items += codeItems(of: try Self.tables(usedBy: stylesheet), used: use.codes)
    items += try leafItems(.sourceLeaves, mapping.source.schema, roots: use.sourceRoots, use.sourceRead)
    items += try leafItems(.targetLeaves, mapping.target.schema, roots: use.targetRoots, use.targetWritten)
    return CoverageReport(
      mapping: mapping.label, documents: examples.count, items: items, untranslated: untranslated)
  }

  /// The tables that a stylesheet names in its main file.
  private static func tables(
    usedBy stylesheet: StylesheetMapping,
  ) throws(WorkbenchError) -> [(name: String, direction: CodeTable.Direction)] {
    let source = try SourceDocument(try read(stylesheet.file), as: .xml, named: stylesheet.file)
    let attributes = source.tree.root.elementsInOrder.flatMap { Array($0.attributes) }
    return attributes.filter { ["select", "test"].contains($0.localName) }
      .compactMap { try? XPathSyntax($0.text).root }.flatMap(\.tables)
  }
}

/// What was seen of a stylesheet.
private struct StylesheetUse {
  private var reached: [Int: Int] = [:]
  private var taken: [Int: Int] = [:]
  private var entered: Set<Int> = []
  private var counts: [Int: Set<Int>] = [:]
  private(set) var codes: Set<CoverageListener.CodeUse> = []
  /// Paths by names below the root.
  private(set) var sourceRead: Set<String> = []
  private(set) var targetWritten: Set<String> = []
  private(set) var sourceRoots: Set<String> = []
  private(set) var targetRoots: Set<String> = []

  mutating func take(_ document: SourceDocument, _ explanation: Explanation) {
    sourceRoots.insert(document.tree.root.localName)
    targetRoots.insert(explanation.root.local)
    let read = Set(explanation.records.flatMap { $0.sources + $0.considered }.map(\.path))
    for leaf in document.tree.root.leaves where read.contains(document.tree.path(of: leaf)) {
      sourceRead.insert(leaf.steps.joined(separator: "/"))
    }
    for record in explanation.records {
      guard case .found = record.content else { continue }
      let steps = record.place.steps.map(\.name.local) + (record.place.attribute.map { ["@" + $0.local] } ?? [])
      targetWritten.insert(steps.joined(separator: "/"))
    }
  }

  mutating func take(_ record: StylesheetRecord, of example: MappingExample) throws(WorkbenchError) {
    guard record.isFaithful else {
      throw WorkbenchError(
        .mapping,
        "\(example): the stylesheet writes something else while it is watched, so its branches cannot be counted")
    }
    for event in record.events {
      switch event {
      case .enter(let part): entered.insert(part)
      case .reach(let part): reached[part, default: 0] += 1
      case .take(let part): taken[part, default: 0] += 1
      case .nodes(let part, let count): counts[part, default: []].insert(min(count, 2))
      case .leave, .call, .write: break
      }
    }
    for call in record.calls {
      guard case .code(_, let direction, let row?)? = call.step(for: call.input) else { continue }
      codes.insert(CoverageListener.CodeUse(row: row.position, direction: direction))
    }
  }

  func items(of parts: [StylesheetPart]) -> [CoverageReport.Item] {
    parts.enumerated().flatMap { number, part -> [CoverageReport.Item] in
      func branch(_ what: String, _ isCovered: Bool) -> CoverageReport.Item {
        CoverageReport.Item(.branches, at: part.position, "\(part.title): \(what)", isCovered: isCovered)
      }
      let reached = reached[number] ?? 0
      switch part.kind {
      case .template:
        return [CoverageReport.Item(.templates, at: part.position, part.title, isCovered: entered.contains(number))]
      case .condition:
        let taken = taken[number] ?? 0
        return [branch("true", taken > 0), branch("false", reached > taken)]
      case .choice(let hasOtherwise):
        guard !hasOtherwise else { return [] }
        let taken = parts.indices.filter { parts[$0].parent == number }.map { self.taken[$0] ?? 0 }.reduce(0, +)
        return [branch("no branch", reached > taken)]
      case .branch: return [branch("taken", (taken[number] ?? 0) > 0)]
      case .iteration:
        let found = counts[number] ?? []
        return [("finds none", 0), ("finds one", 1), ("finds several", 2)].map { branch($0.0, found.contains($0.1)) }
      case .other: return []
      }
    }
  }
}

extension XPathTerm {
  /// The tables that calls of `lt:code` in the term name, each with its direction.
  fileprivate var tables: [(name: String, direction: CodeTable.Direction)] {
    switch self {
    case .literal, .number, .variable: return []
    case .negation(let inner): return inner.tables
    case .operation(_, let left, let right): return left.tables + right.tables
    case .call(let name, let arguments):
      let inner = arguments.flatMap(\.tables)
      guard name.local == "code", arguments.count >= 3, case .literal(let table) = arguments[1],
        case .literal(let word) = arguments[2], let direction = CodeTable.Direction(rawValue: word)
      else { return inner }
      return [(table, direction)] + inner
    case .filter(let inner, let predicates): return inner.tables + predicates.flatMap(\.tables)
    case .path(let start, let steps):
      let first: [(name: String, direction: CodeTable.Direction)]
      if case .term(let term) = start { first = term.tables } else { first = [] }
      return first + steps.flatMap { $0.predicates.flatMap(\.tables) }
    }
  }
}
