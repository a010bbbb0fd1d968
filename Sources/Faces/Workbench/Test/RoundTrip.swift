import DocumentKit
import Translation

/// A document that goes through one mapping and back through another, and what is not the same afterwards.
///
/// A difference is explained where one of the two loss reports says that the text did not arrive, where the text came
/// back at another place of the same name (lists may close up), and where nothing but an empty text is concerned.
struct RoundTrip {
  private(set) var stopCauses: Set<String> = []
  private(set) var unexplained: [StructuralDifference] = []

  init(
    _ there: Mapping, _ back: Mapping, _ document: SourceDocument, in workbench: Workbench,
  ) throws(WorkbenchError) {
    let (first, firstRecords) = try workbench.explain(there, document)
    guard case .translated(let output) = first.result, let firstRecords else {
      stopCauses = first.stopCauses
      return
    }
    let middle = try SourceDocument(output.bytes, as: there.target.format, named: "the output")
    let (second, secondRecords) = try workbench.explain(back, middle)
    guard case .translated(let returned) = second.result, let secondRecords else {
      stopCauses = second.stopCauses
      return
    }
    let end = try SourceDocument(returned.bytes, as: back.target.format, named: "what came back")
    let journey = Journey(
      start: try workbench.loss(there, document).leaves, outwards: firstRecords.records(at: nil),
      middle: try workbench.loss(back, middle).leaves, backwards: secondRecords.records(at: nil))
    unexplained = DocumentComparison.differences(document.tree, end.tree).filter { !journey.explains($0) }
  }
}

/// Where each leaf went, and where it was when it came back.
private struct Journey {
  let start: [LossReport.Leaf]
  let outwards: [Provenance]
  let middle: [LossReport.Leaf]
  let backwards: [Provenance]

  func explains(_ difference: StructuralDifference) -> Bool {
    if difference.kind == .added { return explainsAddition(difference) }
    // Of a removed element each text in it must be explained; an element without any had nothing to lose.
    let leaves = start.filter { $0.path == difference.path || $0.path.isBelow(difference.path) }
    return leaves.allSatisfy { $0.fate == .empty || $0.fate.isLoss || isLostLater($0) || isElsewhere($0) }
  }

  /// Every text made of the leaf is lost on the way back.
  private func isLostLater(_ leaf: LossReport.Leaf) -> Bool {
    let places = outwards.filter { $0.sources.contains { $0.path == leaf.path } }.map(\.path)
    let fates = middle.filter { places.contains($0.path) }.map(\.fate)
    return !fates.isEmpty && fates.allSatisfy { $0.isLoss || $0 == .empty }
  }

  /// The text stands in what came back, at another place of the same name.
  private func isElsewhere(_ leaf: LossReport.Leaf) -> Bool {
    let text = outwards.lazy.flatMap(\.sources).first { $0.path == leaf.path }?.text
    return arrivals(of: leaf.path).contains { $0.path.withoutNumbers == leaf.path.withoutNumbers && $0.value == text }
  }

  private func arrivals(of path: String) -> [Provenance] {
    let places = Set(outwards.filter { $0.sources.contains { $0.path == path } }.map(\.path))
    return backwards.filter { $0.sources.contains { places.contains($0.path) } }
  }

  /// What is new is explained where it is an empty text, or a text of the source at another place of the same name.
  private func explainsAddition(_ difference: StructuralDifference) -> Bool {
    let added = backwards.filter { $0.path == difference.path || $0.path.isBelow(difference.path) }
    return added.allSatisfy { record in
      guard let value = record.value, !value.isEmpty else { return true }
      let places = Set(record.sources.map(\.path))
      let origins = outwards.filter { places.contains($0.path) }.flatMap(\.sources)
      return origins.contains { $0.path.withoutNumbers == record.path.withoutNumbers && $0.text == value }
    }
  }
}

extension String {
  fileprivate func isBelow(_ path: String) -> Bool {
    hasPrefix(path) && (dropFirst(path.count).hasPrefix("/") || dropFirst(path.count).hasPrefix(" » ") || path == "/")
  }

  /// The names of the path, without places in lists.
  fileprivate var withoutNumbers: [String] {
    split(separator: "/").compactMap { step in
      let name = step.prefix { $0 != "[" }
      return name.allSatisfy(\.isNumber) ? nil : String(name)
    }
  }
}
