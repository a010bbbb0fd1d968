/// What is wrong with the namespaces of an installation's XML Schemas, all of it at once.
package struct SchemaNamespaceErrors: Error, Sendable {
  /// One mistake.
  package struct Reason: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable {
      /// Two tongues describe one namespace.
      case clash
      /// A schema says another version than its folder.
      case version
      /// A schema file is no XML or cannot be opened.
      case unreadable
    }

    package let code: Code
    /// A sentence without its full stop, with the remedy.
    package let message: String

    init(_ code: Code, _ message: String) {
      self.code = code
      self.message = message
    }

    package var description: String { message }
  }

  package let reasons: [Reason]
}
