import Testing

@testable import JSONKit

@Suite("Compiling a JSON Schema")
struct JSONSchemaCompileTests {
  private func error(
    _ text: String, _ options: JSONSchemaOptions = .standard, registry: JSONSchemaRegistry = .standard
  ) throws -> JSONError? {
    do throws(JSONError) {
      _ = try JSONSchema(JSONDocument(parsing: text), at: "http://example.vn/s", registry: registry, options: options)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "A keyword's value of the wrong form is refused at its place",
    arguments: [
      "1", "null", "[]", #"{"type":"strnig"}"#, #"{"type":[]}"#, #"{"type":["string",1]}"#, #"{"minLength":-1}"#,
      #"{"maxItems":1.5}"#, #"{"minimum":"1"}"#, #"{"multipleOf":0}"#, #"{"multipleOf":-2}"#,
      #"{"multipleOf":1234567890123456789}"#, #"{"enum":1}"#, #"{"required":"a"}"#, #"{"required":["a","a"]}"#,
      #"{"required":[1]}"#, #"{"properties":[]}"#, #"{"properties":{"a":1}}"#, #"{"allOf":[]}"#, #"{"allOf":{}}"#,
      #"{"not":[]}"#, #"{"uniqueItems":1}"#, #"{"pattern":1}"#, #"{"items":[true]}"#, #"{"$ref":1}"#, #"{"$anchor":1}"#,
      #"{"$id":1}"#, #"{"$id":"a#b"}"#, #"{"$schema":"http://json-schema.org/draft-04/schema#"}"#, #"{"format":1}"#,
      #"{"dependentRequired":{"a":"b"}}"#, #"{"allOf":[{"$anchor":"a"},{"$anchor":"a"}]}"#,
      #"{"allOf":[{"$id":"a"},{"$id":"a"}]}"#,
    ])
  func malformed(text: String) throws {
    #expect(try error(text)?.code == .invalidSchema)
  }

  @Test("An error says where it lies")
  func place() throws {
    let error = try #require(try error("{\n \"properties\": {\n  \"a\": {\"type\": \"strnig\"}}}"))
    #expect(error.line == 3 && error.column == 17)
    #expect(error.path == "http://example.vn/s")
  }

  @Test("A pattern that is none is refused, in `pattern` and as a name of `patternProperties`")
  func patterns() throws {
    #expect(try error(#"{"pattern":"a{"}"#)?.code == .invalidPattern)
    #expect(try error(#"{"patternProperties":{"(":true}}"#)?.code == .invalidPattern)
  }

  @Test(
    "A reference that leads nowhere is refused; the network is never asked",
    arguments: [
      "#/$defs/x", "#x", "other.json", "https://example.com/schema", "#/properties/a/x", "#/~2", "#/%zz",
      "file:///etc/passwd",
    ])
  func unresolved(reference: String) throws {
    #expect(try error("{\"properties\":{\"a\":{\"$ref\":\"\(reference)\"}}}")?.code == .unresolvedReference)
  }

  @Test("An error inside a referred document names that document")
  func errorInReferred() throws {
    var registry = JSONSchemaRegistry.standard
    registry.add(try JSONDocument(parsing: #"{"type":"strnig"}"#), at: "http://example.vn/b#")
    let error = try #require(try error(#"{"$ref":"b"}"#, registry: registry))
    #expect(error.path == "http://example.vn/b")
    #expect(error.column == 9)
  }

  @Test("Unknown keywords are annotations, and errors that name them when reading strictly")
  func strict() throws {
    let strict = JSONSchemaOptions(isStrict: true)
    for text in [
      ##"{"requierd":["a"]}"##, ##"{"properties":{"a":{"x-note":1}}}"##,
      ##"{"$ref":"#/$defs/b","$defs":{"b":{"foo":1}}}"##,
    ] {
      #expect(try error(text) == nil)
      #expect(try error(text, strict)?.code == .unknownKeyword)
    }
    #expect(try error(#"{"requierd":["a"]}"#, strict)?.message.contains("\"requierd\"") == true)
    #expect(try error(#"{"properties":{"requierd":true},"default":{"x":1},"enum":[{"y":1}]}"#, strict) == nil)
    #expect(try error(#"{"dependencies":{"a":["b"]}}"#, strict)?.code == .unknownKeyword)
    let draft07 = JSONSchemaOptions(dialect: .draft07, isStrict: true)
    #expect(try error(#"{"dependencies":{"a":["b"]}}"#, draft07) == nil)
    #expect(try error(#"{"prefixItems":[true]}"#, draft07)?.code == .unknownKeyword)
  }

  @Test("The meta-schemas themselves pass strict reading and accept themselves")
  func metaschemas() throws {
    for uri in JSONSchemaDialect.allCases.map(\.rawValue) {
      let document = try #require(JSONSchemaRegistry.standard.document(at: uri))
      let schema = try JSONSchema(document, at: uri, options: JSONSchemaOptions(isStrict: true))
      #expect(schema.validate(document.root).isEmpty)
      #expect(!schema.accepts(try JSONDocument(parsing: #"{"type":"strnig"}"#).root))
    }
  }

  @Test("A meta-schema that requires an unknown vocabulary is refused, an optional one is passed over")
  func vocabularies() throws {
    for (isRequired, expected) in [(true, JSONError.Code.invalidSchema), (false, nil)] {
      var registry = JSONSchemaRegistry.standard
      let metaschema = """
        {"$schema":"https://json-schema.org/draft/2020-12/schema",
         "$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/core":true,"http://example.vn/vocab":\(isRequired)}}
        """
      registry.add(try JSONDocument(parsing: metaschema), at: "http://example.vn/meta")
      #expect(try error(#"{"$schema":"http://example.vn/meta"}"#, registry: registry)?.code == expected)
    }
  }

  @Test("The vocabulary format-assertion asks for formats whatever the options say")
  func formatAssertion() throws {
    var registry = JSONSchemaRegistry.standard
    let metaschema = """
      {"$schema":"https://json-schema.org/draft/2020-12/schema",
       "$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/format-assertion":true}}
      """
    registry.add(try JSONDocument(parsing: metaschema), at: "http://example.vn/meta")
    let text = #"{"$schema":"http://example.vn/meta","format":"ipv4"}"#
    let schema = try JSONSchema(JSONDocument(parsing: text), registry: registry)
    #expect(!schema.accepts(try JSONDocument(parsing: #""1.2.3""#).root))
  }

  @Test("A schema of many links one behind another compiles in linear time and without a deep stack")
  func longChain() throws {
    let links = (0..<5_000).map { "\"d\($0)\":{\"properties\":{\"a\":{\"$ref\":\"#/$defs/d\($0 + 1)\"}}}" }
    let text = "{\"$ref\":\"#/$defs/d0\",\"$defs\":{\(links.joined(separator: ",")),\"d5000\":false}}"
    let schema = try JSONSchema(JSONDocument(parsing: text))
    #expect(schema.accepts(try JSONDocument(parsing: #"{"a":{"a":1}}"#).root))
  }

  @Test("Patterns and definitions whose names only look alike stay apart")
  func lookAlikes() throws {
    let text = """
      {"properties":{"1":{"pattern":"^\u{E9}$"},"2":{"pattern":"^e\u{301}$"},"3":{"$ref":"#/$defs/\u{E9}"},
       "4":{"$ref":"#/$defs/e\u{301}"}},"$defs":{"\u{E9}":{"type":"null"},"e\u{301}":{"type":"boolean"}}}
      """
    let schema = try JSONSchema(JSONDocument(parsing: text))
    #expect(
      schema.accepts(try JSONDocument(parsing: "{\"1\":\"\u{E9}\",\"2\":\"e\u{301}\",\"3\":null,\"4\":true}").root))
  }

  @Test("One compiled schema serves many threads at once")
  func threads() async throws {
    let text = #"{"items":{"pattern":"^(?:[a-z]+-)+[0-9]{3}$","maxLength":40},"uniqueItems":true}"#
    let schema = try JSONSchema(JSONDocument(parsing: text))
    let good = try JSONDocument(parsing: #"["abc-def-123","x-001"]"#)
    let bad = try JSONDocument(parsing: #"["abc-def-12","x-001","x-001"]"#)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<500 {
            #expect(schema.accepts(good.root))
            #expect(schema.validate(bad.root).map(\.keyword) == ["pattern", "uniqueItems"])
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
