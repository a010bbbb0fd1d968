/// Why the workbench cannot answer: a name nobody knows, a file or a schema that cannot be used.
package struct WorkbenchError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable, CaseIterable {
    /// There is no mapping of this name or version.
    case unknownMapping
    /// A file cannot be read or written.
    case file
    /// A document cannot be parsed, or is not of the format that the mapping reads.
    case document
    /// A schema is missing or does not compile.
    case schema
    /// The mapping cannot be asked this, such as a stylesheet about its rows.
    case mapping
    /// The translation failed for a reason that is not the document's.
    case translation
  }

  package let code: Code
  /// One sentence with the remedy.
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
