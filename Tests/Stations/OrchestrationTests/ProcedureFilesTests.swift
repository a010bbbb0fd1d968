import DocumentKit
import DossierModel
import GatewayTesting
import Orchestration
import ServiceKit
import Testing

@Suite("The files of procedures")
struct ProcedureFilesTests {
  private static let schemas = TestFiles.projectRoot + "/Schemas/lienthong-procedure/1"
  private static let folder = TestFiles.projectRoot + "/Deploy/procedures"

  private func complaints(_ bytes: [UInt8]) throws -> [String] { try read(bytes).complaints }

  /// What the reader says, a line each, and which keys it asked for.
  private func read(_ bytes: [UInt8]) throws -> (complaints: [String], asked: [String: Set<String>]) {
    // JSON is YAML.
    let reader = ConfigurationReader(try YAMLDocument(parsing: String(decoding: bytes, as: UTF8.self), file: "1.yaml"))
    _ = ProcedureDefinition(reading: reader.root)
    let asked = reader.asked
    do throws(ConfigurationErrors) {
      try reader.finish()
      return ([], asked)
    } catch {
      return (error.errors.map { "\($0.path): \($0.message)" }, asked)
    }
  }

  @Test("the shipped ones are valid for editors, are read, and hang together")
  func shipped() throws {
    let schema = try EditorSchema(Self.schemas + "/procedure.schema.json")
    let catalogue = try ProcedureCatalogue(folder: Self.folder)
    #expect(catalogue.procedures.count == 8)
    let check = ProcedureCheck(calendars: try Procedures.calendars())
    for (name, editions) in catalogue.procedures {
      for definition in editions {
        #expect(check.findings(definition) == [], "\(definition.version)")
        #expect(
          try schema.accepts(yaml: "\(Self.folder)/\(name)/\(definition.version.number).yaml"), "\(definition.version)")
      }
    }
    let birth = try #require(catalogue.procedure("khai-sinh-thuong-tru-bhyt"))
    #expect(birth.steps.map(\.id) == ["khai-sinh", "thuong-tru", "bhyt"] && birth.level == .complete)
    #expect(catalogue.procedure("khai-sinh-thuong-tru-bhyt", version: 9) == nil)
  }

  @Test("a misspelt key is refused by editors and by the reader; every key stands in the example")
  func misspelt() throws {
    let schema = try EditorSchema(Self.schemas + "/procedure.schema.json")
    let example = TestFiles.read(Self.schemas + "/valid/procedure--day-du.json")
    #expect(try schema.accepts(example) && complaints(example) == [])
    var refused = 0
    for misspelling in try EditorSchema.misspellings(of: example) {
      let complaints = try complaints(misspelling.bytes)
      if try schema.accepts(misspelling.bytes) {
        #expect(
          !complaints.contains { $0.contains("is not known") }, "\(misspelling.path): the schema knows a key too many")
      } else {
        #expect(!complaints.isEmpty, "\(misspelling.path): the reader knows a key too many")
        refused += 1
      }
    }
    #expect(refused > 40)
    let text = String(decoding: example, as: UTF8.self)
    #expect(schema.keys.filter { !text.contains("\"\($0)\":") } == [])
  }

  @Test("editors know the keys that the reader asks for, and no others, also where a value has several forms")
  func keys() throws {
    let schema = try EditorSchema(Self.schemas + "/procedure.schema.json")
    var asked = try read(TestFiles.read(Self.schemas + "/valid/procedure--day-du.json")).asked
    #expect(schema.differences(from: asked) == [])
    asked["steps.hai.agency"]?.insert("new")
    asked["steps.hai.agency"]?.remove("otherwise")
    asked["steps.mot.agency"] = ["key"]
    asked["steps.mot.agency.elsewhere"] = ["key"]
    #expect(
      schema.differences(from: asked) == [
        "/$defs/step/agency/key: the reader asks for it, and the schema does not know it",
        "/$defs/step/agency/new: the reader asks for it, and the schema does not know it",
        "/$defs/step/agency/otherwise: the schema knows it, and the reader never asks for it",
        "steps.mot.agency.elsewhere: the schema has no such section",
      ])
  }

  @Test(
    "what is wrong is named with its place",
    arguments: [
      (#"{ procedure: p, version: 1, title: T, steps: { a: { title: A, agency: x, when: "((" } } }"#, "steps.a.when"),
      (
        #"{ procedure: p, version: 1, title: T, steps: { a: { title: A, agency: x, time: { term: soon } } } }"#,
        "steps.a.time.term"
      ),
      (
        #"{ procedure: p, version: 1, title: T, steps: { a: { title: A, agency: x, onExpiry: consent } } }"#,
        "steps.a.onExpiry"
      ),
      (
        #"{ procedure: p, version: 1, title: T, steps: { a: { title: A, agency: x, supplements: [soon] } } }"#,
        "steps.a.supplements"
      ),
      (#"{ procedure: p, version: 1, title: T, steps: {} }"#, "steps"),
      (
        #"{ procedure: p, version: 1, title: T, choice: { least: 3, most: 2, of: { c: { title: C, when: "c" } } }, steps: { a: { title: A, agency: x } } }"#,
        "choice.most"
      ),
      (
        #"{ procedure: p, version: 1, title: T, steps: { a: { title: A, agency: { by: "x", table: {} } } } }"#,
        "steps.a.agency.table"
      ),
    ])
  func wrong(text: String, place: String) throws {
    let found = try complaints(Array(text.utf8))
    #expect(found.contains { $0.hasPrefix(place + ":") }, "\(found)")
  }

  @Test("a procedure has at most 64 steps, and a step allows at most ten supplements")
  func limits() throws {
    func procedure(steps: Int, supplements: Int) throws -> [String] {
      let terms = Array(repeating: "1 days", count: supplements).joined(separator: ", ")
      let rows = (0..<steps).map { "s\($0): { title: S, agency: x, supplements: [\(terms)] }" }.joined(separator: ", ")
      return try complaints(Array("{ procedure: p, version: 1, title: T, steps: { \(rows) } }".utf8))
    }
    #expect(try procedure(steps: ProcedureLimits.steps, supplements: ProcedureLimits.supplements) == [])
    #expect(try procedure(steps: ProcedureLimits.steps + 1, supplements: 1).count == 1)
    #expect(try procedure(steps: 1, supplements: ProcedureLimits.supplements + 1).count == 1)
  }
}
