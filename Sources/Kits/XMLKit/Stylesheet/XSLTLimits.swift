/// What compiling a stylesheet and one transformation may cost.
///
/// The size of the result has no limit of its own: it is bounded by instructions times the size of the source, which
/// `xsl:copy-of` can copy whole. Stylesheets belong to the installation.
package struct XSLTLimits: Sendable, Equatable {
  /// Instructions carried out in one transformation.
  package var operations: Int
  /// Steps of all XPath expressions together in one transformation.
  package var xpathOperations: Int
  /// Levels of templates and instructions inside one another: a template that calls itself takes two or three.
  package var templateDepth: Int
  /// Variables and parameters alive at once.
  package var variables: Int
  /// Messages of `xsl:message` that are kept, each of at most 1023 bytes.
  package var messages: Int
  /// Files of one stylesheet.
  package var files: Int
  /// Bytes of each file.
  package var fileBytes: Int

  package init(
    operations: Int = 2_000_000, xpathOperations: Int = 50_000_000, templateDepth: Int = 3_000,
    variables: Int = 15_000, messages: Int = 100, files: Int = 200, fileBytes: Int = 8 << 20
  ) {
    precondition(operations > 0 && xpathOperations > 0, "libxslt takes 0 for unlimited")
    self.operations = operations
    self.xpathOperations = xpathOperations
    self.templateDepth = templateDepth
    self.variables = variables
    self.messages = messages
    self.files = files
    self.fileBytes = fileBytes
  }

  package static let standard = XSLTLimits()
}
