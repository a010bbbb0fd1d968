/// A compiled schema: nodes that refer to one another and to rules by index, so that recursion of schemas is no matter.
final class JSONSchemaProgram: Sendable {
  let root: Int32
  let nodes: JSONSchemaTable<JSONSchemaNode>
  let objects: JSONSchemaTable<JSONSchemaObjectRules>
  let arrays: JSONSchemaTable<JSONSchemaArrayRules>
  let strings: JSONSchemaTable<JSONSchemaStringRules>
  let numbers: JSONSchemaTable<JSONSchemaNumberRules>
  let constantRules: JSONSchemaTable<JSONSchemaConstantRules>
  let applicators: JSONSchemaTable<JSONSchemaApplicatorRules>
  let dynamicReferences: JSONSchemaTable<JSONSchemaDynamicReference>
  let patterns: JSONSchemaTable<JSONPattern>
  /// The absolute locations of the schemas, for findings.
  let locations: JSONSchemaTable<String>
  /// One array of all values listed by `enum` and `const`.
  let constants: JSONDocument
  /// Whether any reference asks which resources were entered.
  let hasDynamicScope: Bool

  /// Freezes what the compiler collected.
  init(_ parts: JSONSchemaParts, root: Int32, constants: JSONDocument) {
    self.root = root
    nodes = JSONSchemaTable(parts.nodes)
    objects = JSONSchemaTable(parts.objects)
    arrays = JSONSchemaTable(parts.arrays)
    strings = JSONSchemaTable(parts.strings)
    numbers = JSONSchemaTable(parts.numbers)
    constantRules = JSONSchemaTable(parts.constantRules)
    applicators = JSONSchemaTable(parts.applicators)
    dynamicReferences = JSONSchemaTable(parts.dynamicReferences)
    patterns = JSONSchemaTable(parts.patterns)
    locations = JSONSchemaTable(parts.locations)
    self.constants = constants
    hasDynamicScope = parts.dynamicReferences.contains { !$0.targets.isEmpty }
  }
}
