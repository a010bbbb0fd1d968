import DocumentKit
package import Translation
import XMLKit

extension Workbench {
  /// Accounts for every leaf of a document that is run through a mapping, held and refused ones included.
  package func loss(_ mapping: Mapping, _ document: SourceDocument) throws(WorkbenchError) -> LossReport {
    if let stylesheet = mapping.stylesheet {
      return try StylesheetAccount(stylesheet, mapping, document, in: self).loss
    }
    var trace = TranslationTrace(of: document.tree, try mapping.table())
    let outcome = try mapping.outcome(of: document, listener: &trace)
    let account = LeafAccount(of: trace)
    return LossReport(mapping: mapping.label, method: .rows, outcome: outcome.summary, leaves: account.leaves)
  }
}

/// Gathers what is known about each leaf of a document; the strongest account of a leaf is its fate.
private struct LeafAccount {
  private let trace: TranslationTrace
  /// Every leaf, those of a document inside a string behind the leaf that holds its text.
  private var order: [(leaf: XMLNode, document: Int)] = []
  private var fates: [XMLNode: LeafFate] = [:]

  init(of trace: TranslationTrace) {
    self.trace = trace
    enter(0)
    for (leaf, _) in order { fates[leaf] = leaf.hasText ? .unread : .empty }
    take()
    for document in trace.documents { take(document.ignored, in: document) }
  }

  private mutating func enter(_ document: Int) {
    let holders = trace.documents.indices.filter { trace.documents[$0].holder?.document == document }
    for leaf in trace.documents[document].tree.root.leaves {
      order.append((leaf, document))
      // Several rows may parse one text; its leaves are the same ones to a reader and are told once.
      for inner in holders where trace.documents[inner].holder?.node == leaf { enter(inner) }
    }
  }

  var leaves: [LossReport.Leaf] {
    var told: [String: Int] = [:]
    var leaves: [LossReport.Leaf] = []
    for (node, document) in order {
      let place = trace.place(of: node, in: document)
      let fate = fates[node] ?? .unread
      let leaf = LossReport.Leaf(
        path: place.path, line: place.line, column: place.column, pattern: node.steps.joined(separator: "/"),
        fate: fate)
      if let known = told[place.path] {
        leaves[known] = leaf.with(leaves[known].fate.stronger(fate))
      } else {
        told[place.path] = leaves.count
        leaves.append(leaf)
      }
    }
    return leaves
  }

  private mutating func take() {
    for read in trace.reads {
      let row = read.row.position
      note(read.fate, read.reading.used)
      note(.passedOver(row: row), read.reading.passedOver)
      note(tested: read.reading, row)
      note(.decided(row: row), read.asked.filter { !$0.holdsElements })
    }
    for iteration in trace.iterations {
      let row = iteration.row.position
      let around = Set(iteration.reading.used.flatMap(\.ancestors))
      // Elements that a predicate of `each` was put to and that were not found: what is in them has been left out.
      let excluded = Set(iteration.reading.tested).subtracting(iteration.reading.used).subtracting(around)
        .filter(\.holdsElements)
      note(.excluded(row: row), Array(excluded))
      note(tested: iteration.reading, row)
    }
    for group in trace.groups { note(.passedOver(row: group.row.position), Array(group.nodes.dropFirst())) }
    for test in trace.tests {
      note(.decided(row: test.row.position), (test.reading.used + test.reading.tested).filter { !$0.holdsElements })
    }
    for skip in trace.skips { note(.skipped(row: skip.row.position), skip.unread) }
  }

  private mutating func take(_ ignored: [MappingDefinition.Ignored], in document: TranslationTrace.Document) {
    for entry in ignored {
      // The mapping has been compiled, its ignored paths with it.
      let path = try? XPathExpression(
        entry.from.text, namespaces: document.namespaces, functions: DocumentFunctions.library)
      let nodes = (try? path?.nodes(at: document.tree.root)) ?? []
      note(.ignored(row: entry.position, reason: entry.reason), nodes)
    }
  }

  /// Leaves that a predicate read, or that it left out: of a container only what was read in it decided.
  private mutating func note(tested reading: SourceReading, _ row: YAMLPosition) {
    note(.decided(row: row), reading.tested.filter { !$0.holdsElements })
  }

  /// A leaf without text has nothing to lose, whoever reads it.
  private mutating func note(_ fate: LeafFate, _ nodes: [XMLNode]) {
    for leaf in nodes.flatMap(\.leaves) where leaf.hasText {
      fates[leaf] = fates[leaf].map { $0.stronger(fate) }
    }
  }
}

extension TranslationTrace.Read {
  /// What became of the text that was read.
  fileprivate var fate: LeafFate {
    let position = row.position
    switch end {
    case .stopped: return .stopped(row: position)
    case .omitted: return .omitted(row: position)
    case .opened: return .opened
    case .written:
      for step in steps {
        if case .cut(let lost) = step.step { return .cut(row: position, characters: lost) }
        if case .code(let table, _, nil) = step.step { return .codeReplaced(row: position, table: table.name) }
        if case .substitute = step.step { return .omitted(row: position) }
        if step.step.losesPrecision(of: step.input) { return .precisionLost(row: position) }
      }
      return .arrived
    }
  }
}

extension TranslationOutcome {
  /// `translated`, `held TABLE …` or `refused` with the reasons.
  var summary: String {
    switch self {
    case .translated: "translated"
    case .held(let reason): reason.summary
    case .refused(let findings): findings.summary
    }
  }
}
