/// The values a schema lists with `enum` or `const`.
struct JSONSchemaConstantRules: Sendable {
  let keyword: String
  /// How many values the schema lists.
  let count: Int
  /// Those that are no strings, as entries of the document of constants, in the program's `indexes`.
  let entries: JSONSchemaList
  /// Those that are strings.
  let strings: JSONNameSet
}
