package import DocumentKit

/// One thing wrong in a configuration file: where, what, and what to write instead.
package struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: String, Sendable, CaseIterable {
    /// The file cannot be read as YAML; the message says more.
    case unreadable
    case missingKey
    case unknownKey
    /// A value of another type or form is needed.
    case wrongType
    /// A number, duration or size outside what is allowed.
    case outOfRange
    /// A quantity without its unit, or with one that is not known.
    case badUnit
    /// A word that is not one of those allowed.
    case notAllowed
    /// A secret written into the file instead of being referred to.
    case secretInFile
    /// What a part of the program found wrong with values that are each right on their own.
    case inconsistent
  }

  package let code: Code
  package let position: YAMLPosition
  /// The key with those above it: `server.tls.certificate`, `agencies[2].name`.
  package let path: String
  package let message: Sentence
  package let remedy: Sentence

  package init(_ code: Code, at position: YAMLPosition, path: String, _ message: Sentence, remedy: Sentence = .none) {
    self.code = code
    self.position = position
    self.path = path
    self.message = message
    self.remedy = remedy
  }

  /// `file:line:column: path: sentence (remedy)`.
  package func line(in language: Language) -> String {
    "\(position): " + (path.isEmpty ? "" : "\(path): ") + message.text(in: language, remedy: remedy)
  }

  package var description: String { line(in: .english) }
}
