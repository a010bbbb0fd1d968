import GatewayTesting
import Glibc
import JSONKit
import Testing
import Validation

@Suite("JSON Schemas in files")
struct JSONSchemaFileTests {
  private let workshop = Workshop()

  private func failure(_ name: String) throws -> String {
    try #require(throws: JSONSchemaFile.Failure.self) { try JSONSchemaFile.compile(workshop.path(name)) }.description
  }

  private func isValid(_ schema: JSONSchema, _ text: String) throws -> Bool {
    schema.validate(try JSONDocument(parsing: text).root).isEmpty
  }

  @Test("a neighbour is found by its $id and by its file name")
  func neighbours() throws {
    workshop.write("a.json", #"{"$id":"urn:thu:a","type":"string"}"#)
    workshop.write("b.json", #"{"type":"integer"}"#)
    workshop.write("broken.json", "{")
    workshop.write("c.json", #"{"properties":{"a":{"$ref":"urn:thu:a"},"b":{"$ref":"b.json"}}}"#)
    let schema = try JSONSchemaFile.compile(workshop.path("c.json"))
    #expect(try isValid(schema, #"{"a":"x","b":1}"#))
    #expect(try !isValid(schema, #"{"a":1}"#))
    #expect(try !isValid(schema, #"{"b":"x"}"#))
  }

  @Test("a reference to what is not in the folder is refused with its place, and nothing is fetched")
  func elsewhere() throws {
    for reference in ["https://example.org/x.json", "../x.json", "x.json", "broken.json"] {
      workshop.write("broken.json", "{")
      workshop.write("a.json", "{\"properties\":\n{\"a\":{\"$ref\":\"\(reference)\"}}}")
      #expect(try failure("a.json").hasPrefix(workshop.path("a.json") + ":2:"), "\(reference)")
    }
  }

  @Test("an unknown keyword is refused, never ignored")
  func unknownKeyword() throws {
    workshop.write("a.json", "{\"type\":\"string\",\n \"patern\":\"^H\"}")
    let sentence = try failure("a.json")
    #expect(sentence.hasPrefix(workshop.path("a.json") + ":2:") && sentence.contains("patern"))
  }

  @Test("a file that is not there, or is no JSON, is told by its path")
  func unreadable() throws {
    #expect(try failure("none.json").hasPrefix(workshop.path("none.json") + ": "))
    workshop.write("a.json", "{\n")
    #expect(try failure("a.json").hasPrefix(workshop.path("a.json") + ":2:"))
  }

  @Test("formats are checked where they are asked for, and only there")
  func formats() throws {
    workshop.write("a.json", #"{"format":"date"}"#)
    #expect(try isValid(JSONSchemaFile.compile(workshop.path("a.json")), #""2026-02-30""#))
    #expect(try !isValid(JSONSchemaFile.compile(workshop.path("a.json"), formats: [.date]), #""2026-02-30""#))
  }

  @Test("a schema has at most so many bytes")
  func limit() throws {
    let padding = JSONSchemaFile.bytesLimit - 2
    workshop.write("a.json", "{" + String(repeating: " ", count: padding) + "}")
    #expect(try isValid(JSONSchemaFile.compile(workshop.path("a.json")), "1"))
    workshop.write("a.json", "{" + String(repeating: " ", count: padding + 1) + "}")
    #expect(try failure("a.json").contains("more than \(JSONSchemaFile.bytesLimit) bytes"))
  }
}
