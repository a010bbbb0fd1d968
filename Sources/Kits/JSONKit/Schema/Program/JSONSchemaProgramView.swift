/// A program lent for one validation: plain pointers, so that applying a schema counts no references.
struct JSONSchemaProgramView {
  let root: Int32
  let nodes: JSONSchemaTableView<JSONSchemaNode>
  let indexes: JSONSchemaTableView<Int32>
  let objects: JSONSchemaTableView<JSONSchemaObjectRules>
  let members: JSONSchemaTableView<JSONSchemaObjectRules.Member>
  let memberPatterns: JSONSchemaTableView<JSONSchemaObjectRules.Pattern>
  let dependencies: JSONSchemaTableView<JSONSchemaObjectRules.Dependency>
  let names: JSONNameTableView
  let arrays: JSONSchemaTableView<JSONSchemaArrayRules>
  let strings: JSONSchemaTableView<JSONSchemaStringRules>
  let numbers: JSONSchemaTableView<JSONSchemaNumberRules>
  let constantRules: JSONSchemaTableView<JSONSchemaConstantRules>
  let applicators: JSONSchemaTableView<JSONSchemaApplicatorRules>
  let dynamicReferences: JSONSchemaTableView<JSONSchemaDynamicReference>
  let patterns: JSONSchemaTableView<JSONPattern.Code>
  let locations: JSONSchemaTableView<String>
  let hasDynamicScope: Bool
}

extension JSONSchemaProgram {
  /// Lends the program; it lives at least as long as the closure runs.
  func withView<Result>(_ body: (JSONSchemaProgramView) -> Result) -> Result {
    withExtendedLifetime(self) {
      body(
        JSONSchemaProgramView(
          root: root, nodes: nodes.view, indexes: indexes.view, objects: objects.view, members: members.view,
          memberPatterns: memberPatterns.view, dependencies: dependencies.view,
          names: JSONNameTableView(bytes: nameBytes.view, entries: nameEntries.view, slots: nameSlots.view),
          arrays: arrays.view, strings: strings.view, numbers: numbers.view, constantRules: constantRules.view,
          applicators: applicators.view, dynamicReferences: dynamicReferences.view, patterns: patternCodes.view,
          locations: locations.view, hasDynamicScope: hasDynamicScope))
    }
  }
}
