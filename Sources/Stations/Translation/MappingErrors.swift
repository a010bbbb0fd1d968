package import DocumentKit

/// All mistakes found at once, in the order of the files: nobody should have to run a check once per mistake.
package struct MappingErrors: Error, Sendable, CustomStringConvertible {
  /// Never empty.
  package let errors: [MappingError]

  package init(_ errors: [MappingError]) {
    precondition(!errors.isEmpty, "MappingErrors was made without an error")
    self.errors = errors.sorted { $0.position < $1.position }
  }

  /// One mistake per line.
  package func text(in language: Language) -> String {
    errors.map { $0.line(in: language) }.joined(separator: "\n")
  }

  package var description: String { text(in: .english) }
}
