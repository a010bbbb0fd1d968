/// Says what is wrong in a YAML file, where, and what to write instead.
///
/// Messages name keys and positions, never the value of a scalar: a value may be a secret in the wrong place.
package struct YAMLError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: String, Sendable, CaseIterable {
    /// The file cannot be opened or read.
    case unreadable
    /// The file holds no document.
    case empty
    /// The bytes are not UTF-8 or hold control characters.
    case encoding
    /// The text does not follow YAML's grammar.
    case syntax
    case tooManyBytes
    case tooDeep
    case tooManyNodes
    case scalarTooLong
    case severalDocuments
    case directiveRefused
    case anchorRefused
    case aliasRefused
    case mergeKeyRefused
    case tagRefused
    case duplicateKey
    case keyNotScalar
    case missingKey
    case unknownKey
    /// A mapping, sequence or scalar stands where another of the three is needed.
    case wrongKind
    case notText
    case notInteger
    case notNumber
    case notBoolean
    /// The value has the right type and is not one of those allowed here.
    case notAllowed
  }

  package let code: Code
  package let position: YAMLPosition
  /// What is wrong: one sentence without its full stop.
  package let message: Sentence
  /// What to do about it; empty where the message says all.
  package let remedy: Sentence

  package init(_ code: Code, at position: YAMLPosition, _ message: Sentence, remedy: Sentence = .none) {
    self.code = code
    self.position = position
    self.message = message
    self.remedy = remedy
  }

  package var file: String { position.file }
  package var line: Int { position.line }
  package var column: Int { position.column }

  /// `file:line:column: sentence (remedy)`.
  package var description: String { "\(position): " + message.text(in: .english, remedy: remedy) }
}
