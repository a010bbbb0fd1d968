/// Why a schema has no shape: the file, the place in it and the remedy.
package struct SchemaShapeError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable, CaseIterable {
    /// A file is missing or cannot be read.
    case file
    /// The file is no schema, or refers to something that is not there.
    case schema
    /// The schema is larger than `SchemaShapeLimits` allows.
    case limit
  }

  package let code: Code
  /// `file:line:column`.
  package let position: String
  package let message: String
  package let cause: (any Error)?

  package init(_ code: Code, at position: String, _ message: String, cause: (any Error)? = nil) {
    self.code = code
    self.position = position
    self.message = message
    self.cause = cause
  }

  package var description: String { "\(position): \(message)" }
}
