package import DocumentKit

/// Everything wrong in a configuration at once, in the order of the files: one run, one list, one round of editing.
package struct ConfigurationErrors: Error, Sendable, Equatable, CustomStringConvertible {
  package let errors: [ConfigurationError]

  package init(_ errors: [ConfigurationError]) {
    self.errors = errors.sorted { $0.position < $1.position }
  }

  /// One line an error.
  package func text(in language: Language) -> String {
    errors.map { $0.line(in: language) }.joined(separator: "\n")
  }

  package var description: String { text(in: .english) }
}

extension ConfigurationErrors: LoggableError {
  /// The number of errors and the place of the first; the sentences are for the terminal.
  package var logFields: [LogField] {
    guard let first = errors.first else { return [.count(0)] }
    return [
      .count(errors.count), .errorCode(first.code.rawValue), .path(first.position.file), .line(first.position.line),
      .column(first.position.column),
    ]
  }
}
