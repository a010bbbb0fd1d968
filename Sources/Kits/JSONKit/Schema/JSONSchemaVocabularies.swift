/// Which groups of keywords a schema resource follows (2020-12 core §8.1.2), from its meta-schema.
struct JSONSchemaVocabularies: Sendable, Equatable {
  var dialect: JSONSchemaDialect
  var hasApplicators = true
  var hasUnevaluated = true
  var hasValidation = true
  /// The meta-schema asks for formats to be checked, whatever the options say.
  var assertsFormats = false

  /// All keywords of a draft.
  init(dialect: JSONSchemaDialect) { self.dialect = dialect }

  /// The keywords a meta-schema declares with `$vocabulary`; refuses one that is required and unknown.
  init(declaredBy declaration: JSONValue, dialect: JSONSchemaDialect) throws(JSONSchemaProblem) {
    self.init(dialect: dialect)
    hasApplicators = false
    hasUnevaluated = false
    hasValidation = false
    for member in declaration.members {
      let name = member.name
      switch name.hasPrefix(Self.prefix) ? String(name.dropFirst(Self.prefix.count)) : "" {
      case "core", "meta-data", "content", "format-annotation": break
      case "applicator": hasApplicators = true
      case "unevaluated": hasUnevaluated = true
      case "validation": hasValidation = true
      case "format-assertion": assertsFormats = true
      default:
        guard member.value.boolean == false else {
          throw JSONSchemaProblem(
            .invalidSchema, "the meta-schema requires the vocabulary \(name), which is unknown here", at: member.value)
        }
      }
    }
  }

  private static let prefix = "https://json-schema.org/draft/2020-12/vocab/"
}
