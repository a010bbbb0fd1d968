/// The drafts of JSON Schema this kit reads.
package enum JSONSchemaDialect: String, Sendable, CaseIterable {
  case draft07 = "http://json-schema.org/draft-07/schema"
  case draft202012 = "https://json-schema.org/draft/2020-12/schema"
}

extension JSONSchemaDialect {
  /// What the value of a keyword holds, as far as it is schemas.
  enum Children {
    case schema, schemas, schemaOrSchemas, named, namedSchemasOrNames
  }

  /// The keywords whose values hold schemas.
  var children: [String: Children] {
    switch self {
    case .draft07: Self.draft07Children
    case .draft202012: Self.draft202012Children
    }
  }

  /// Every keyword the draft knows, for strict reading.
  var keywords: Set<String> {
    switch self {
    case .draft07: Self.draft07Keywords
    case .draft202012: Self.draft202012Keywords
    }
  }

  private static let commonChildren: [String: Children] = [
    "additionalProperties": .schema, "propertyNames": .schema, "contains": .schema, "not": .schema, "if": .schema,
    "then": .schema, "else": .schema, "allOf": .schemas, "anyOf": .schemas, "oneOf": .schemas, "properties": .named,
    "patternProperties": .named, "definitions": .named,
  ]
  private static let draft07Children = commonChildren.merging([
    "items": .schemaOrSchemas, "additionalItems": .schema, "dependencies": .namedSchemasOrNames,
  ]) { $1 }
  private static let draft202012Children = commonChildren.merging([
    "items": .schema, "prefixItems": .schemas, "unevaluatedItems": .schema, "unevaluatedProperties": .schema,
    "contentSchema": .schema, "dependentSchemas": .named, "$defs": .named,
  ]) { $1 }

  private static let commonKeywords: Set<String> = [
    "$schema", "$id", "$ref", "$comment", "type", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum",
    "minimum", "exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems",
    "maxProperties", "minProperties", "required", "format", "title", "description", "default", "examples", "readOnly",
    "writeOnly", "contentMediaType", "contentEncoding",
  ]
  private static let draft07Keywords = commonKeywords.union(draft07Children.keys)
  private static let draft202012Keywords = commonKeywords.union(draft202012Children.keys).union([
    "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "maxContains", "minContains", "dependentRequired",
    "deprecated",
  ])
}
