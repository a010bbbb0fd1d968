package import DocumentKit
import Translation

extension HeldReason {
  /// The tables that lack a code, and `files` where a file is not here yet.
  var causes: Set<String> { Set(codes.map(\.table) + (files.isEmpty ? [] : ["files"])) }

  /// `held TABLE …`, naming each cause once.
  var summary: String { "held " + causes.sorted().joined(separator: " ") }
}

extension [Finding] {
  /// `refused: ` and every reason.
  var summary: String { "refused: " + map(\.sentence).joined(separator: "; ") }
}

extension Finding {
  /// `path: rule: sentence`.
  package var sentence: String { "\(path.isEmpty ? "/" : path): \(rule): \(messageEnglish)" }
}
