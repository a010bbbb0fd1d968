/// What a schema says of strings.
struct JSONSchemaStringRules: Sendable {
  /// In Unicode scalars.
  var minimum = 0
  var maximum = Int.max
  var pattern: Int32 = -1
  var format: JSONSchemaFormat?
}
