import Testing

@testable import JSONKit

@Suite("The JSON Schema Test Suite: every required file of both drafts")
struct JSONSchemaSuiteTests {
  /// The schemas the suite expects at http://localhost:1234/, from its folder `remotes`.
  private static let registry = Result { () throws -> JSONSchemaRegistry in
    var registry = JSONSchemaRegistry.standard
    func addAll(in folder: String) throws {
      for name in try TestData.names(in: "json-schema/remotes" + folder) {
        if name.hasSuffix(".json") {
          let document = try TestData.document("json-schema/remotes\(folder)/\(name)")
          registry.add(document, at: "http://localhost:1234\(folder)/\(name)")
        } else {
          try addAll(in: "\(folder)/\(name)")
        }
      }
    }
    try addAll(in: "")
    return registry
  }

  private func run(_ dialect: JSONSchemaDialect, in folder: String) throws -> (files: Int, tests: Int) {
    let registry = try Self.registry.get()
    let options = JSONSchemaOptions(dialect: dialect)
    var (files, tests) = (0, 0)
    for name in try TestData.names(in: folder) {
      files += 1
      for group in try TestData.document("\(folder)/\(name)").root.elements {
        let title = "\(name): \(group["description"]?.string ?? "")"
        let source = try #require(group["schema"]).serialised()
        let schema: JSONSchema
        do {
          schema = try JSONSchema(JSONDocument(parsing: source), registry: registry, options: options)
        } catch {
          Issue.record("\(title): \(error)")
          continue
        }
        for test in try #require(group["tests"]).elements {
          tests += 1
          let data = try #require(test["data"])
          let isValid: Bool = try #require(test["valid"]?.boolean as Bool?)
          let comment = "\(title): \(test["description"]?.string ?? "")"
          #expect(schema.accepts(data) == isValid, "\(comment)")
          #expect(schema.validate(data).isEmpty == isValid, "\(comment): findings")
        }
      }
    }
    print("JSON Schema Test Suite, \(dialect): \(tests) tests in \(files) files")
    return (files, tests)
  }

  @Test("All of 2020-12")
  func draft202012() throws {
    #expect(try run(.draft202012, in: "json-schema/tests/draft2020-12") == (46, 1_299))
  }

  @Test("All of draft-07")
  func draft07() throws {
    #expect(try run(.draft07, in: "json-schema/tests/draft7") == (37, 927))
  }
}
