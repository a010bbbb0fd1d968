/// What a schema says of arrays.
struct JSONSchemaArrayRules: Sendable {
  /// Schemas of the first elements, by their place, in the program's `indexes`.
  var prefix = JSONSchemaList.empty
  /// The keyword `prefix` comes from: `prefixItems`, or `items` in draft-07.
  var prefixKeyword = "prefixItems"
  /// The schema of all elements behind `prefix`.
  var rest: Int32 = -1
  /// The keyword `rest` comes from: `items` or `additionalItems`.
  var restKeyword = "items"
  var contains: Int32 = -1
  var containsMinimum = 1
  var containsMaximum = Int.max
  /// In 2020-12, what `contains` matches counts as evaluated.
  var containsEvaluates = false
  var minimum = 0
  var maximum = Int.max
  var isUnique = false
}
