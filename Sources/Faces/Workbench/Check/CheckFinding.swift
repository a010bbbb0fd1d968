package import DocumentKit
package import Translation

/// One thing that `map check` has to say, with its place and the remedy.
package struct CheckFinding: Sendable, Hashable, CustomStringConvertible {
  package enum Level: String, Sendable, Comparable, CaseIterable {
    case note
    case warning
    case error

    /// What stands before the sentence; nothing before an error's.
    fileprivate var word: Sentence? {
      switch self {
      case .note: Sentence(rawValue, "ghi chú")
      case .warning: Sentence(rawValue, "cảnh báo")
      case .error: nil
      }
    }

    package static func < (left: Level, right: Level) -> Bool {
      (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
  }

  package let level: Level
  package let rule: CheckRule
  package let position: YAMLPosition
  /// One sentence without its full stop.
  package let message: Sentence
  /// What to write instead; empty where the message says all.
  package let remedy: Sentence
  /// The path of the source or target it speaks of, below the root; empty if it speaks of none.
  package let path: String
  /// The code it speaks of, if it does.
  package let code: String?

  init(
    _ level: Level, _ rule: CheckRule, at position: YAMLPosition, _ message: Sentence,
    remedy: Sentence = .none,
    path: String = "", code: String? = nil,
  ) {
    self.level = level
    self.rule = rule
    self.position = position
    self.message = message
    self.remedy = remedy
    self.path = path
    self.code = code
  }

  /// A mistake for which the mapping does not compile.
  package init(_ error: MappingError) {
    self.init(.error, .compile, at: error.position, error.message, remedy: error.remedy)
  }

  /// `file:line:column: rule: sentence (remedy)`; warnings and notes say so before the sentence.
  package func line(in language: Language) -> String {
    let prefix = level.word.map { $0.text(in: language) + ": " } ?? ""
    return "\(position): \(rule.rawValue): \(prefix)" + message.text(in: language, remedy: remedy)
  }

  package var description: String { line(in: .english) }
}
