package import DocumentKit
import FileKit
import Translation

/// A difference between a document and what comes back of it that a mapping declares, with its reason.
///
/// Declarations stand in `round-trip.yaml` beside the mapping that begins the journey. Each is checked: one that no
/// sample shows is wrong.
package struct DeclaredLoss: Sendable {
  /// Names of places in the source, as `--ignore` of `map diff` takes them; everything below is meant too.
  package let path: String
  package let kind: StructuralDifference.Kind
  package let reason: String
  package let position: YAMLPosition
  private let pattern: PathPattern

  package func covers(_ difference: StructuralDifference) -> Bool {
    difference.kind == kind && pattern.covers(difference.steps)
  }

  /// Whether the difference may be this one, or hold it: of a document inside a string only its text is known to differ.
  func mayConcern(_ difference: StructuralDifference) -> Bool {
    covers(difference) || difference.kind == .changed && PathPattern(difference.pattern).covers(path.steps)
  }
}

extension DeclaredLoss {
  private static let keys = ["path", "difference", "reason"]

  private init(_ node: YAMLNode) throws(YAMLError) {
    let mapping = try node.readMapping()
    try mapping.refuseKeys(notIn: Self.keys)
    path = try mapping.required("path").readString()
    let kinds = [StructuralDifference.Kind.added, .removed, .changed]
    let word = try mapping.required("difference").readChoice(kinds.map(\.rawValue))
    kind = StructuralDifference.Kind(rawValue: word) ?? .changed
    let reason = try mapping.required("reason")
    self.reason = try reason.readString()
    guard !self.reason.isEmpty else {
      throw YAMLError(
        .notText, at: reason.position, Sentence("the reason is empty", "lý do để trống"),
        remedy: Sentence("say why this cannot come back as it was", "hãy nói vì sao không thể trở lại như cũ"))
    }
    position = node.position
    pattern = PathPattern(path)
  }

  /// What the file at this path declares; nothing if there is none.
  static func read(_ path: String) throws(WorkbenchError) -> [DeclaredLoss] {
    guard FileContent.exists(path) else { return [] }
    do throws(YAMLError) {
      let file = try YAMLDocument(contentsOf: path).root.readMapping()
      try file.refuseKeys(notIn: ["losses"])
      var losses: [DeclaredLoss] = []
      for node in try file.required("losses").readSequence() { losses.append(try DeclaredLoss(node)) }
      return losses
    } catch {
      throw WorkbenchError(.file, error.description)
    }
  }
}

extension StructuralDifference {
  fileprivate var steps: [String] { pattern.steps }
}

extension String {
  fileprivate var steps: [String] { split(separator: "/").map(String.init) }
}
