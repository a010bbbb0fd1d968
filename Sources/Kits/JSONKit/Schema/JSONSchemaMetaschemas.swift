/// The meta-schemas of the drafts this kit knows, so that a schema may refer to them without a network.
enum JSONSchemaMetaschemas {
  /// Each with the URI it is known by.
  static let texts: [(uri: String, text: String)] = [
    ("http://json-schema.org/draft-07/schema", draft07Schema),
    ("https://json-schema.org/draft/2020-12/schema", draft202012Schema),
    ("https://json-schema.org/draft/2020-12/meta/core", draft202012Core),
    ("https://json-schema.org/draft/2020-12/meta/applicator", draft202012Applicator),
    ("https://json-schema.org/draft/2020-12/meta/unevaluated", draft202012Unevaluated),
    ("https://json-schema.org/draft/2020-12/meta/validation", draft202012Validation),
    ("https://json-schema.org/draft/2020-12/meta/meta-data", draft202012MetaData),
    ("https://json-schema.org/draft/2020-12/meta/format-annotation", draft202012FormatAnnotation),
    ("https://json-schema.org/draft/2020-12/meta/format-assertion", draft202012FormatAssertion),
    ("https://json-schema.org/draft/2020-12/meta/content", draft202012Content),
  ]
}
