/// Why a document could not become a tree, or a tree could not become a document.
///
/// The text names fields and places and never repeats a value of the document.
package struct DocumentError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// A JSON string holds a character that XML 1.0 cannot carry (production Char), such as U+0000.
    case characterNotAllowed
    /// The bytes are not well-formed JSON or break one of its limits.
    case malformedJSON
    /// The bytes are not well-formed XML or break one of its limits.
    case malformedXML
    /// A tree cannot be written as JSON: attributes or mixed text, which JSON has no place for, or a bad number.
    case notExpressibleInJSON
    /// Values are nested deeper than `DocumentLimits.depth`.
    case tooDeep
  }

  package let code: Code
  /// One sentence with the remedy.
  package let message: String
  /// Where in the document: a JSON Pointer or an XPath.
  package let path: String
  package let line: Int?
  package let column: Int?
  /// The kit error underneath, if there is one.
  package let cause: (any Error)?

  package init(
    _ code: Code, _ message: String, path: String = "", line: Int? = nil, column: Int? = nil,
    cause: (any Error)? = nil,
  ) {
    self.code = code
    self.message = message
    self.path = path
    self.line = line
    self.column = column
    self.cause = cause
  }

  package var description: String {
    var place = path.isEmpty ? "" : " at \(path)"
    if let line, let column { place += " (line \(line), column \(column))" }
    return message + place
  }
}
