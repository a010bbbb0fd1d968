/// The tables of a program while they grow.
struct JSONSchemaParts {
  var nodes: [JSONSchemaNode] = []
  /// The elements of lists of plain numbers: schemas, names, entries of constants.
  var indexes: [Int32] = []
  var objects: [JSONSchemaObjectRules] = []
  var members: [JSONSchemaObjectRules.Member] = []
  var memberPatterns: [JSONSchemaObjectRules.Pattern] = []
  var dependencies: [JSONSchemaObjectRules.Dependency] = []
  var names = JSONNameTable()
  var arrays: [JSONSchemaArrayRules] = []
  var strings: [JSONSchemaStringRules] = []
  var numbers: [JSONSchemaNumberRules] = []
  var constantRules: [JSONSchemaConstantRules] = []
  var applicators: [JSONSchemaApplicatorRules] = []
  var dynamicReferences: [JSONSchemaDynamicReference] = []
  var patterns: [JSONPattern] = []
  var locations: [String] = []
}
