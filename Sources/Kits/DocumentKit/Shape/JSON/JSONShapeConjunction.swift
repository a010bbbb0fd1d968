/// Schemas that one value must obey all at once: those written beside one another, referred to, or under `allOf`.
struct JSONShapeConjunction: Hashable {
  /// Every one holds; boolean schemas are left out.
  var parts: [JSONShapeSchema] = []
  /// What a value may have to obey as well, depending on other values: `then`, `else`, `dependentSchemas`.
  var conditional: [JSONShapeSchema] = []
  /// `anyOf` and `oneOf`: one branch of each.
  var groups: [[JSONShapeSchema]] = []
  /// No value obeys `false`.
  var isImpossible = false
  /// The name of what was referred to, if anything was.
  var typeName: String?
}
