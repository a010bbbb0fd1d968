package import DocumentKit
import Translation

extension HeldReason {
  /// `held TABLE …`, naming each table once.
  var summary: String { "held " + Set(codes.map(\.table)).sorted().joined(separator: " ") }
}

extension [Finding] {
  /// `refused: ` and every reason.
  var summary: String { "refused: " + map(\.sentence).joined(separator: "; ") }
}

extension Finding {
  /// `path: rule: sentence`.
  package var sentence: String { "\(path.isEmpty ? "/" : path): \(rule): \(messageEnglish)" }
}
