import DocumentKit
import Translation
import XMLKit

/// What trying and watching a stylesheet shows of one document: where its texts went, and what the output depends on.
struct StylesheetAccount {
  private let stylesheet: StylesheetMapping
  private let mapping: Mapping
  private let document: SourceDocument
  private let outcome: TranslationOutcome
  private let trials: StylesheetTrials
  private let leaves: [LeafTrial]
  private let isAsked: (XMLNode) -> Bool

  /// Tries the leaves that are asked about, which is much work of a large document.
  init(
    _ stylesheet: StylesheetMapping, _ mapping: Mapping, _ document: SourceDocument, in workbench: Workbench,
    of isAsked: @escaping (XMLNode) -> Bool = { _ in true },
  ) throws(WorkbenchError) {
    self.stylesheet = stylesheet
    self.mapping = mapping
    self.document = document
    self.isAsked = isAsked
    var listener = SilentListener()
    outcome = try mapping.outcome(of: document, listener: &listener)
    let shelf = workbench.shelf
    let shape = try? shelf.shape(mapping.source.schema)
    let schema = shape.flatMap { shape in
      shape.root(named: document.tree.root.localName).map { shelf.tree(of: shape, at: mapping.source.schema, from: $0) }
    }
    trials = try StylesheetTrials(stylesheet, of: document.tree, schema: schema)
    leaves = try trials.all(isAsked)
  }

  private var origins: StylesheetOrigins? {
    trials.untouched.output.map { StylesheetOrigins(of: $0, by: stylesheet, from: document.tree.document) }
  }

  // MARK: Loss

  /// Accounts for every leaf that was asked about.
  var loss: LossReport {
    var isTranslated = false
    if case .translated = outcome { isTranslated = true }
    let origins = origins
    var fates: [XMLNode: LeafFate] = [:]
    for trial in leaves {
      fates[trial.leaf] = trial.fate(isTranslated: isTranslated) { path in
        origins?.position(at: path) ?? YAMLPosition(file: stylesheet.file, line: 1, column: 1)
      }
    }
    for entry in stylesheet.ignored {
      let fate = LeafFate.ignored(row: entry.position, reason: entry.reason)
      for leaf in entry.nodes(in: document.tree).flatMap(\.leaves) {
        fates[leaf] = fates[leaf].map { $0.stronger(fate) }
      }
    }
    let told = document.tree.root.leaves.filter(isAsked).map { leaf in
      let source = source(leaf)
      return LossReport.Leaf(
        path: source.path, line: source.line, column: source.column, pattern: leaf.steps.joined(separator: "/"),
        fate: fates[leaf] ?? .empty)
    }
    return LossReport(mapping: mapping.label, method: .trying, outcome: outcome.summary, leaves: told)
  }

  // MARK: Explanation

  /// Explains every place of the output that holds a text; nil if there is none.
  var explanation: Explanation? {
    guard case .translated = outcome, let output = trials.untouched.output, let origins else { return nil }
    let places = OutputPlaces(of: output)
    let records = output.root.leaves.map { node -> Provenance in
      let path = output.path(of: node)
      let origin = origins[path]
      let arriving = leaves.filter { $0.arrivals[path] != nil }
      let deciding = leaves.filter { trial in
        trial.arrivals[path] == nil && trial.moved.contains { path == $0 || path.hasPrefix($0 + "/") }
      }
      let steps = arriving.flatMap { $0.steps(at: path) ?? [] }
      return Provenance(
        path: path, place: places[node], content: node.hasText ? .found(node.text) : .element,
        row: origin?.part.position ?? origins.start, target: origin?.part.title ?? node.steps.joined(separator: "/"),
        expression: origin?.part.select, sources: arriving.map { source($0.leaf) },
        considered: deciding.map { source($0.leaf) },
        steps: steps.map { Provenance.Step(step: $0.step, input: $0.input, output: $0.output) },
        templates: origin?.templates ?? [])
    }
    return Explanation(
      mapping: mapping.label, format: mapping.target.format, method: .trying, root: TargetName(of: output.root),
      records: records)
  }

  private func source(_ leaf: XMLNode) -> Provenance.Source {
    let place = document.tree.position(of: leaf)
    return Provenance.Source(
      path: document.tree.path(of: leaf), line: place?.line ?? 0, column: place?.column ?? 0, text: leaf.text)
  }
}

/// The places of an output that was not written by rows.
private struct OutputPlaces {
  private var numbers: [XMLNode: Int] = [:]
  private let output: DocumentTree

  init(of output: DocumentTree) {
    self.output = output
    for (number, element) in output.root.elementsInOrder.enumerated() { numbers[element] = number }
  }

  subscript(_ node: XMLNode) -> TargetPlace {
    let element = node.kind == .attribute ? node.parent ?? node : node
    let around = ([element] + element.ancestors).reversed().dropFirst()
    let steps = around.map { element in
      TargetPlace.Step(
        name: TargetName(of: element), tag: output.tag(of: element), element: numbers[element] ?? 0)
    }
    return TargetPlace(steps: Array(steps), attribute: node.kind == .attribute ? TargetName(of: node) : nil)
  }
}

extension TargetName {
  fileprivate convenience init(of node: XMLNode) {
    self.init(node.name, namespace: node.namespace)
  }
}
