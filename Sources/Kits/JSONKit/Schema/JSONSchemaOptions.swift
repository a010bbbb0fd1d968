/// How a schema is read.
package struct JSONSchemaOptions: Sendable {
  /// The draft of a schema without `$schema`.
  package var dialect: JSONSchemaDialect
  /// The formats that are checked; `format` with any other name is an annotation.
  package var formats: Set<JSONSchemaFormat>
  /// Whether a keyword that the draft does not know is an error that names it, rather than an annotation.
  package var isStrict: Bool
  package var limits: JSONSchemaLimits

  package static let standard = JSONSchemaOptions()

  package init(
    dialect: JSONSchemaDialect = .draft202012, formats: Set<JSONSchemaFormat> = [], isStrict: Bool = false,
    limits: JSONSchemaLimits = .standard
  ) {
    self.dialect = dialect
    self.formats = formats
    self.isStrict = isStrict
    self.limits = limits
  }
}
