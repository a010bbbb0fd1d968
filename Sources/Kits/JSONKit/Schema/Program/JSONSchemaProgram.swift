/// A compiled schema: nodes that refer to one another and to rules by index, so that recursion of schemas is no matter.
final class JSONSchemaProgram: Sendable {
  let root: Int32
  let nodes: JSONSchemaTable<JSONSchemaNode>
  let indexes: JSONSchemaTable<Int32>
  let objects: JSONSchemaTable<JSONSchemaObjectRules>
  let members: JSONSchemaTable<JSONSchemaObjectRules.Member>
  let memberPatterns: JSONSchemaTable<JSONSchemaObjectRules.Pattern>
  let dependencies: JSONSchemaTable<JSONSchemaObjectRules.Dependency>
  let nameBytes: JSONSchemaTable<UInt8>
  let nameEntries: JSONSchemaTable<JSONNameTable.Entry>
  let nameSlots: JSONSchemaTable<Int32>
  let arrays: JSONSchemaTable<JSONSchemaArrayRules>
  let strings: JSONSchemaTable<JSONSchemaStringRules>
  let numbers: JSONSchemaTable<JSONSchemaNumberRules>
  let constantRules: JSONSchemaTable<JSONSchemaConstantRules>
  let applicators: JSONSchemaTable<JSONSchemaApplicatorRules>
  let dynamicReferences: JSONSchemaTable<JSONSchemaDynamicReference>
  /// What `patternCodes` lends; held so that it lives as long as the program.
  private let patterns: [JSONPattern]
  let patternCodes: JSONSchemaTable<JSONPattern.Code>
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
    indexes = JSONSchemaTable(parts.indexes)
    objects = JSONSchemaTable(parts.objects)
    members = JSONSchemaTable(parts.members)
    memberPatterns = JSONSchemaTable(parts.memberPatterns)
    dependencies = JSONSchemaTable(parts.dependencies)
    nameBytes = JSONSchemaTable(parts.names.bytes)
    nameEntries = JSONSchemaTable(parts.names.entries)
    nameSlots = JSONSchemaTable(parts.names.slots)
    arrays = JSONSchemaTable(parts.arrays)
    strings = JSONSchemaTable(parts.strings)
    numbers = JSONSchemaTable(parts.numbers)
    constantRules = JSONSchemaTable(parts.constantRules)
    applicators = JSONSchemaTable(parts.applicators)
    dynamicReferences = JSONSchemaTable(parts.dynamicReferences)
    patterns = parts.patterns
    patternCodes = JSONSchemaTable(parts.patterns.map(\.code))
    locations = JSONSchemaTable(parts.locations)
    self.constants = constants
    hasDynamicScope = parts.dynamicReferences.contains { !$0.targets.isEmpty }
  }
}
