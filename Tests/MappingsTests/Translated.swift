import DocumentKit
import Testing
import Translation

/// The outcome of a translation that must succeed.
func translated(_ outcome: TranslationOutcome) throws -> DocumentTree {
  switch outcome {
  case .translated(let tree, _, _): return tree
  case .held(let reason):
    Issue.record("held: \(reason.messageEnglish)")
  case .refused(let findings):
    Issue.record("refused: \(findings.map { "\($0.rule) \($0.path): \($0.messageEnglish)" })")
  }
  throw NotTranslated()
}

struct NotTranslated: Error {}

extension DocumentTree {
  /// The document as it is sent, laid out for reading.
  func text(_ format: Format) throws -> [UInt8] {
    format == .json ? try json(indent: 2) + Array("\n".utf8) : xml(indent: true)
  }
}
