import DocumentKit
import GatewayTesting
import ServiceKit
import Statistics
import Testing

@Suite("The schema by which editors complete catalogues of services")
struct ServiceSchemaTests {
  private static let folder = TestFiles.projectRoot + "/Schemas/lienthong-services/1"

  private func complaints(_ bytes: [UInt8]) throws -> [String] { try read(bytes).complaints }

  /// What the reader says, a line each, and which keys it asked for.
  private func read(_ bytes: [UInt8]) throws -> (complaints: [String], asked: [String: Set<String>]) {
    // JSON is YAML.
    let reader = ConfigurationReader(try YAMLDocument(parsing: String(decoding: bytes, as: UTF8.self), file: "1.yaml"))
    _ = ServiceCatalogue(reading: reader.root)
    let asked = reader.asked
    do throws(ConfigurationErrors) {
      try reader.finish()
      return ([], asked)
    } catch {
      return (error.errors.map(\.description), asked)
    }
  }

  @Test("a misspelt key is refused by both, wherever it stands; every key stands in the example")
  func misspelt() throws {
    let schema = try EditorSchema(Self.folder + "/services.schema.json")
    let example = TestFiles.read(Self.folder + "/valid/services--day-du.json")
    #expect(try schema.accepts(example) && complaints(example) == [])
    #expect(try schema.differences(from: read(example).asked) == [])
    for misspelling in try EditorSchema.misspellings(of: example) {
      #expect(try !schema.accepts(misspelling.bytes), "\(misspelling.path): the schema knows a key too many")
      #expect(try !complaints(misspelling.bytes).isEmpty, "\(misspelling.path): the reader knows a key too many")
    }
    let text = String(decoding: example, as: UTF8.self)
    #expect(schema.keys.filter { !text.contains("\"\($0)\":") } == [])
  }

  @Test(
    "what the schema refuses, the reader refuses",
    arguments: ["muc-do-nam", "cap-la", "ngay-la", "khong-dong-nao"])
  func refused(name: String) throws {
    let example = TestFiles.read(Self.folder + "/invalid/services--\(name).json")
    #expect(try !EditorSchema(Self.folder + "/services.schema.json").accepts(example))
    #expect(try !complaints(example).isEmpty)
  }
}
