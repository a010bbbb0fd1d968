/// A compiled JSON Schema (2020-12 or draft-07), shared freely by threads.
///
/// It is compiled once, with all it refers to, from the documents of a registry; nothing is ever fetched. Validating
/// first only decides; only what is not valid is looked at a second time to say why.
///
///     let schema = try JSONSchema(JSONDocument(parsing: #"{"required": ["MaHoSo"]}"#))
///     let findings = schema.validate(try JSONDocument(parsing: "{}").root)
///     // findings[0].messageVietnamese == "thiếu trường bắt buộc \"MaHoSo\""
package final class JSONSchema: Sendable {
  let program: JSONSchemaProgram
  private let limits: JSONSchemaLimits

  /// Compiles a schema; `uri` is where it was found, the base of its relative references unless it has an `$id`.
  ///
  /// Refuses what is not well-formed, a reference that leads nowhere in document and registry, a pattern that is none,
  /// and, if the options are strict, unknown keywords; the error's `path` is the URI of the document it lies in.
  package init(
    _ document: JSONDocument, at uri: String = "", registry: JSONSchemaRegistry = .standard,
    options: JSONSchemaOptions = .standard
  ) throws(JSONError) {
    var compiler = JSONSchemaCompiler(registry: registry, options: options)
    do {
      program = try compiler.compile(document, at: uri)
    } catch {
      throw error.error(path: compiler.resources.uri(of: error.value.document) ?? uri)
    }
    limits = options.limits
  }

  /// Why the value is not valid, in the order of the document as far as the schema follows it; empty when it is valid.
  ///
  /// A validation that meets one of its limits is not valid and says which.
  package func validate(_ value: JSONValue) -> [JSONSchemaFinding] {
    if accepts(value) { return [] }
    return evaluate(value, report: JSONSchemaReport()) { evaluator, _ in evaluator.conclude() }
  }

  /// Whether the value is valid, without reasons.
  package func accepts(_ value: JSONValue) -> Bool {
    evaluate(value, report: nil) { evaluator, isValid in isValid && evaluator.fault == nil }
  }

  private func evaluate<Result>(
    _ value: JSONValue, report: JSONSchemaReport?, _ body: (inout JSONSchemaEvaluator, Bool) -> Result
  ) -> Result {
    program.withView { view in
      JSONTapeView.with(program.constants) { constants in
        JSONTapeView.with(value.document) { tape in
          var evaluator = JSONSchemaEvaluator(
            program: view, limits: limits, document: value.document, view: tape, constants: constants, report: report)
          let isValid = evaluator.evaluate(view.root, value.index)
          return body(&evaluator, isValid)
        }
      }
    }
  }
}
