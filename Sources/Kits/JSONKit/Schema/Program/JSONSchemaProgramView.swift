/// A program lent for one validation: plain pointers, so that applying a schema counts no references.
struct JSONSchemaProgramView {
  let root: Int32
  let nodes: JSONSchemaTableView<JSONSchemaNode>
  let objects: JSONSchemaTableView<JSONSchemaObjectRules>
  let arrays: JSONSchemaTableView<JSONSchemaArrayRules>
  let strings: JSONSchemaTableView<JSONSchemaStringRules>
  let numbers: JSONSchemaTableView<JSONSchemaNumberRules>
  let constantRules: JSONSchemaTableView<JSONSchemaConstantRules>
  let applicators: JSONSchemaTableView<JSONSchemaApplicatorRules>
  let dynamicReferences: JSONSchemaTableView<JSONSchemaDynamicReference>
  let patterns: JSONSchemaTableView<JSONPattern>
  let locations: JSONSchemaTableView<String>
  let hasDynamicScope: Bool
}

extension JSONSchemaProgram {
  /// Lends the program; it lives at least as long as the closure runs.
  func withView<Result>(_ body: (JSONSchemaProgramView) -> Result) -> Result {
    withExtendedLifetime(self) {
      body(
        JSONSchemaProgramView(
          root: root, nodes: nodes.view, objects: objects.view, arrays: arrays.view, strings: strings.view,
          numbers: numbers.view, constantRules: constantRules.view, applicators: applicators.view,
          dynamicReferences: dynamicReferences.view, patterns: patterns.view, locations: locations.view,
          hasDynamicScope: hasDynamicScope))
    }
  }
}
