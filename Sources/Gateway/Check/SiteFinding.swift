package import DocumentKit
import ServiceKit
import Translation

/// One thing that `lienthong check` and `partner check` have to say, with its place and the remedy.
package struct SiteFinding: Sendable, Hashable, CustomStringConvertible {
  package enum Level: String, Sendable, CaseIterable {
    /// The gateway starts, and something is not as it should be.
    case warning
    /// The gateway does not start, or one of its rules is about nothing.
    case error
  }

  /// What can be found; the names are stable.
  package enum Rule: String, Sendable, CaseIterable {
    /// A key of a YAML file is missing, not known, or has a value that it may not have.
    case configuration
    /// A file, folder or secret cannot be read, or is not what it must be.
    case file
    /// A name leads nowhere, or stands for two.
    case name
    /// Two parts of the site do not go together.
    case misfit
    /// What a party says about how messages reach it does not suit its profile.
    case destination
    /// A schema cannot be used.
    case schema
    /// A mapping that is used has a mistake.
    case mapping
    /// An expression cannot be used.
    case expression
    /// A procedure cannot be conducted with the site's parties.
    case procedure
    /// A condition asks for what no canonical document has.
    case condition
    /// A mapping that the site does not use has a mistake.
    case unusedMapping = "unused-mapping"
    /// A party is given addresses of files that serve whoever has them.
    case unboundAddress = "unbound-address"
    /// A party has a certificate beside other credentials, and the gateway asks nobody for one.
    case unaskedCertificate = "unasked-certificate"

    /// How bad it is.
    package var level: Level {
      switch self {
      case .unusedMapping, .unboundAddress, .unaskedCertificate: .warning
      default: .error
      }
    }
  }

  package let rule: Rule
  package var level: Level { rule.level }
  /// Nil for what stands in no one file.
  package let position: YAMLPosition?
  /// The key with those above it, or the part of the site that is spoken of; empty where the sentence says it.
  package let subject: String
  /// One sentence without its full stop.
  package let message: Sentence
  /// What to write instead; empty where the message says all.
  package let remedy: Sentence

  init(
    _ rule: Rule, at position: YAMLPosition?, subject: String = "", _ message: Sentence,
    remedy: Sentence = .none
  ) {
    self.rule = rule
    self.position = position
    self.subject = subject
    self.message = message
    self.remedy = remedy
  }

  init(_ error: ConfigurationError) {
    self.init(.configuration, at: error.position, subject: error.path, error.message, remedy: error.remedy)
  }

  init(_ error: MappingError) {
    self.init(.mapping, at: error.position, error.message, remedy: error.remedy)
  }

  /// `file:line:column: subject: sentence (remedy)`; a warning says so before the sentence.
  package func line(in language: Language) -> String {
    let warning = level == .warning ? Sentence("warning: ", "cảnh báo: ") : .none
    return (position.map { "\($0): " } ?? "") + (subject.isEmpty ? "" : "\(subject): ") + warning.text(in: language)
      + message.text(in: language, remedy: remedy)
  }

  package var description: String { line(in: .english) }
}
