import DocumentKit

/// An error that says how it may be logged: by fields, never by its message.
package protocol LoggableError: Error {
  /// Its closed code and its place, as fields.
  var logFields: [LogField] { get }
}

extension YAMLError: LoggableError {
  package var logFields: [LogField] {
    [.errorCode(code.rawValue), .path(file), .line(line), .column(column)]
  }
}
