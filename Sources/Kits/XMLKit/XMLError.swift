/// Why XML was refused or an operation on it failed.
///
/// `message` says what is wrong and what to do; it speaks of names, rules and positions, never of a document's values.
package struct XMLError: Error, Sendable {
  /// The kinds of failure, closed so that callers can decide by them.
  package enum Code: String, Sendable, CaseIterable {
    /// The bytes are not well-formed XML 1.0 with namespaces.
    case notWellFormed
    /// The document has a DOCTYPE. None is accepted: entities are a way in for attacks and no partner needs them.
    case doctypeRefused
    /// A limit of `XMLLimits`, `XPathLimits`, `XSLTLimits` or `XMLSchemaLimits` was exceeded.
    case limitExceeded
    /// The document is in a character encoding that is not read here.
    case encodingUnsupported
    /// A character that XML 1.0 §2.2 does not allow in text.
    case characterNotAllowed
    /// An XPath expression is not valid, or names an unknown prefix, function or variable.
    case expressionInvalid
    /// An XPath expression failed while it was evaluated.
    case evaluationFailed
    /// An XML Schema cannot be used.
    case schemaInvalid
    /// A stylesheet cannot be used.
    case stylesheetInvalid
    /// A transformation failed.
    case transformationFailed
    /// A file could not be read.
    case fileUnreadable
    /// A schema or stylesheet asks for a file it may not have.
    case referenceRefused
    /// Canonicalisation failed.
    case canonicalisationFailed
    /// Memory ran out inside the library.
    case outOfMemory
  }

  package var code: Code
  /// One sentence with the remedy.
  package var message: String
  /// Line of the place, from 1; 0 where there is none.
  package var line: Int
  /// Column of the place in characters, from 1; 0 where it is not known.
  package var column: Int
  /// File or node path of the place, where there is one.
  package var path: String?
  /// What led to this error.
  package var cause: (any Error)?

  package init(
    _ code: Code, _ message: String, line: Int = 0, column: Int = 0, path: String? = nil, cause: (any Error)? = nil
  ) {
    self.code = code
    self.message = message
    self.line = line
    self.column = column
    self.path = path
    self.cause = cause
  }
}

extension XMLError: CustomStringConvertible {
  /// `place: message (code)`, with the cause on a line of its own.
  package var description: String {
    var place = path ?? ""
    if line > 0 { place += (place.isEmpty ? "line \(line)" : ":\(line)") }
    if line > 0, column > 0 { place += path == nil ? ", column \(column)" : ":\(column)" }
    var text = place.isEmpty ? message : "\(place): \(message)"
    text += " (\(code.rawValue))"
    if let cause { text += "\n  because \(cause)" }
    return text
  }
}
