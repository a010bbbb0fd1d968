/// What compiling a schema and validating with it may cost.
package struct XMLSchemaLimits: Sendable, Equatable {
  /// Findings reported of one document; validation stops noting there.
  package var findings: Int
  /// Files of one schema.
  package var files: Int
  /// Bytes of each file.
  package var fileBytes: Int

  package init(findings: Int = 100, files: Int = 500, fileBytes: Int = 8 << 20) {
    self.findings = findings
    self.files = files
    self.fileBytes = fileBytes
  }

  package static let standard = XMLSchemaLimits()
}
