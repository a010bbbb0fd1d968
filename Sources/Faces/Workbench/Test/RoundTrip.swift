import DocumentKit
import Translation
import XMLKit

/// A document that goes through one mapping and back through another, and what is not the same afterwards.
///
/// A difference is explained where one of the two loss reports says that the text did not arrive, where it came back at
/// another place of the same name (lists may close up) or in another spelling of the same value, and where nothing but
/// an empty text is concerned. A document inside a string is compared as a document.
struct RoundTrip {
  private(set) var stopCauses: Set<String> = []
  private(set) var unexplained: [StructuralDifference] = []

  /// - Parameters:
  ///   - source: the schema of the document from the place it begins with, if it can be read as a shape.
  ///   - declared: what is declared beside a stylesheet, which says of nothing itself that it may be lost; asked first,
  ///     since finding out what a stylesheet does is much work.
  ///   - concerning: which differences are asked about; without any the way of the texts is not followed.
  init(
    _ there: Mapping, _ back: Mapping, _ document: SourceDocument, source: SchemaTree?, in workbench: Workbench,
    declared: [DeclaredLoss] = [], concerning: (StructuralDifference) -> Bool = { _ in true },
  ) throws(WorkbenchError) {
    let first = try workbench.run(there, document)
    guard case .translated(let output) = first.result else {
      stopCauses = first.stopCauses
      return
    }
    let middle = try SourceDocument(try output.tree.readable(), as: there.target.format, named: "the output")
    let second = try workbench.run(back, middle)
    guard case .translated(let returned) = second.result else {
      stopCauses = second.stopCauses
      return
    }
    let end = try SourceDocument(returned.bytes, as: back.target.format, named: "what came back")
    var differences = DocumentComparison.differences(document.tree, end.tree).filter(concerning)
    if there.stylesheet != nil || back.stylesheet != nil {
      unexplained = differences.filter { difference in declared.contains { $0.covers(difference) } }
      let ignored = IgnoredLeaves(of: document.tree, there.stylesheet)
      differences.removeAll { difference in
        declared.contains { $0.covers(difference) } || ignored.hold(difference)
      }
    }
    guard !differences.isEmpty else { return }
    let outwards = try Way(there, document, differences, in: workbench)
    let backwards = try Way(back, middle, [], in: workbench)
    let journey = Journey(
      source: source, start: outwards.leaves, outwards: outwards.records, middle: backwards.leaves,
      backwards: backwards.records)
    unexplained += differences.flatMap(journey.unexplained)
  }
}

/// What one mapping did with one document.
private struct Way {
  let leaves: [LossReport.Leaf]
  let records: [Provenance]

  /// `differences`: those that are asked about. A stylesheet is tried with the texts that differ only, unless some are new,
  /// which may come from anywhere.
  init(
    _ mapping: Mapping, _ document: SourceDocument, _ differences: [StructuralDifference], in workbench: Workbench,
  ) throws(WorkbenchError) {
    guard let stylesheet = mapping.stylesheet else {
      leaves = try workbench.loss(mapping, document).leaves
      records = try workbench.explain(mapping, document).explanation?.records(at: nil) ?? []
      return
    }
    let asksAll = differences.isEmpty || differences.contains { $0.kind == .added }
    let account = try StylesheetAccount(stylesheet, mapping, document, in: workbench) { leaf in
      let path = document.tree.path(of: leaf)
      return asksAll || differences.contains { path == $0.path || path.isBelow($0.path) }
    }
    leaves = account.loss.leaves
    records = account.explanation?.records(at: nil) ?? []
  }
}

/// What a stylesheet says may be lost of one document.
private struct IgnoredLeaves {
  private let texts: [(path: String, isIgnored: Bool)]

  init(of tree: DocumentTree, _ stylesheet: StylesheetMapping?) {
    let ignored = Set((stylesheet?.ignored ?? []).flatMap { $0.nodes(in: tree) }.flatMap(\.leaves))
    texts =
      ignored.isEmpty
      ? [] : tree.root.leaves.filter(\.hasText).map { (tree.path(of: $0), ignored.contains($0)) }
  }

  /// Whether all texts that went with a difference may be lost.
  func hold(_ difference: StructuralDifference) -> Bool {
    guard difference.kind == .removed else { return false }
    let gone = texts.filter { $0.path == difference.path || $0.path.isBelow(difference.path) }
    return !gone.isEmpty && gone.allSatisfy(\.isIgnored)
  }
}

/// Where each leaf went, and where it was when it came back.
private struct Journey {
  let source: SchemaTree?
  let start: [LossReport.Leaf]
  let outwards: [Provenance]
  let middle: [LossReport.Leaf]
  let backwards: [Provenance]

  /// What of a difference nobody explains; of documents inside strings the differences in them.
  func unexplained(_ difference: StructuralDifference) -> [StructuralDifference] {
    if let inner = inner(of: difference) { return inner.flatMap(unexplained) }
    return explains(difference) ? [] : [difference]
  }

  private func explains(_ difference: StructuralDifference) -> Bool {
    if difference.kind == .added { return explainsAddition(difference) }
    // Of a removed element each text in it must be explained; an element without any had nothing to lose.
    let leaves = start.filter { $0.path == difference.path || $0.path.isBelow(difference.path) }
    return leaves.allSatisfy { leaf in
      leaf.fate == .empty || leaf.fate.explains || isLostLater(leaf) || isElsewhere(leaf) || isSame(leaf, difference)
    }
  }

  /// Every text made of the leaf is lost on the way back.
  private func isLostLater(_ leaf: LossReport.Leaf) -> Bool {
    let places = outwards.filter { $0.sources.contains { $0.path == leaf.path } }.map(\.path)
    let fates = middle.filter { places.contains($0.path) }.map(\.fate)
    return !fates.isEmpty && fates.allSatisfy { $0.explains || $0 == .empty }
  }

  /// The text stands in what came back, at another place of the same name.
  private func isElsewhere(_ leaf: LossReport.Leaf) -> Bool {
    let way = outwards.filter { $0.sources.contains { $0.path == leaf.path } }
    guard let text = way.lazy.flatMap(\.sources).first(where: { $0.path == leaf.path })?.text else { return false }
    return arrivals(of: way).contains { arrival in
      guard arrival.path.withoutNumbers == leaf.path.withoutNumbers, let value = arrival.value else { return false }
      return ReturnedText(rules: rules(leaf.pattern), outwards: way, backwards: [arrival]).isSame(text, value)
    }
  }

  /// The same place has a text that says the same.
  private func isSame(_ leaf: LossReport.Leaf, _ difference: StructuralDifference) -> Bool {
    guard difference.kind == .changed, leaf.path == difference.path, let before = difference.before,
      let after = difference.after
    else { return false }
    let way = outwards.filter { $0.sources.contains { $0.path == leaf.path } }
    let returned = arrivals(of: way).filter { $0.path == difference.path }
    return ReturnedText(rules: rules(difference.pattern), outwards: way, backwards: returned)
      .isSame(before.unquoted, after.unquoted)
  }

  private func arrivals(of way: [Provenance]) -> [Provenance] {
    let places = Set(way.map(\.path))
    return backwards.filter { $0.sources.contains { places.contains($0.path) } }
  }

  /// What is new is explained where it is an empty text, or a text of the source at another place of the same name.
  private func explainsAddition(_ difference: StructuralDifference) -> Bool {
    let added = backwards.filter { $0.path == difference.path || $0.path.isBelow(difference.path) }
    return added.allSatisfy { record in
      guard let value = record.value, !value.isEmpty else { return true }
      let places = Set(record.sources.map(\.path))
      let way = outwards.filter { places.contains($0.path) }
      return way.flatMap(\.sources).contains { origin in
        origin.path.withoutNumbers == record.path.withoutNumbers
          && ReturnedText(rules: rules(difference.pattern), outwards: way, backwards: [record])
            .isSame(origin.text, value)
      }
    }
  }

  private func rules(_ pattern: String) -> ValueRules? {
    guard let source else { return nil }
    let found = source.shape.find(pattern, from: source[SchemaTree.root].places[0])
    return found.match?.value
  }

  // MARK: Documents inside strings

  /// The differences between two documents inside strings; nil if the place holds none.
  private func inner(of difference: StructuralDifference) -> [StructuralDifference]? {
    guard difference.kind == .changed, start.contains(where: { $0.path == difference.path && $0.fate == .opened }),
      let before = difference.before.flatMap(tree), let after = difference.after.flatMap(tree),
      before.format == after.format
    else { return nil }
    return DocumentComparison.differences(before, after).map { inner in
      StructuralDifference(
        inner.kind, path: "\(difference.path) » \(inner.path)", pattern: "\(difference.pattern)/\(inner.pattern)",
        before: inner.before, after: inner.after)
    }
  }

  private func tree(_ text: String) -> DocumentTree? {
    let bytes = Array(text.unquoted.utf8)
    return try? DocumentTree(parsing: bytes, as: SchemaShape.looksLikeXML(bytes) ? .xml : .json)
  }
}

extension LeafFate {
  /// Whether the mapping says that the text does not arrive; what a stylesheet loses without saying so is to be declared.
  fileprivate var explains: Bool { isLoss && isSaid }
}

extension String {
  /// The text of a leaf as a difference shows it.
  fileprivate var unquoted: String { (try? JSONLiteral.value(self))?.text ?? self }

  fileprivate func isBelow(_ path: String) -> Bool {
    hasPrefix(path) && (dropFirst(path.count).hasPrefix("/") || dropFirst(path.count).hasPrefix(" » ") || path == "/")
  }

  /// The names of the path, without places in lists, and without prefixes, which two documents need not share.
  fileprivate var withoutNumbers: [String] {
    split(separator: "/").compactMap { step in
      let name = (step.split(separator: ":").last ?? step).prefix { $0 != "[" }
      return name.allSatisfy(\.isNumber) ? nil : String(name)
    }
  }
}
