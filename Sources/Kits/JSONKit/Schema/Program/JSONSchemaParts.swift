/// The tables of a program while they grow.
struct JSONSchemaParts {
  var nodes: [JSONSchemaNode] = []
  var objects: [JSONSchemaObjectRules] = []
  var arrays: [JSONSchemaArrayRules] = []
  var strings: [JSONSchemaStringRules] = []
  var numbers: [JSONSchemaNumberRules] = []
  var constantRules: [JSONSchemaConstantRules] = []
  var applicators: [JSONSchemaApplicatorRules] = []
  var dynamicReferences: [JSONSchemaDynamicReference] = []
  var patterns: [JSONPattern] = []
  var locations: [String] = []
}
