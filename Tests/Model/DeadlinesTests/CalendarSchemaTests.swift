import Deadlines
import DocumentKit
import FileKit
import GatewayTesting
import ServiceKit
import Testing

@Suite("The schemas by which editors complete calendars")
struct CalendarSchemaTests {
  private static let folder = TestFiles.projectRoot + "/Schemas/lienthong-calendar/1"
  private static let kinds = ["holidays", "office"]

  private func complaints(_ kind: String, _ bytes: [UInt8]) throws -> [String] { try read(kind, bytes).complaints }

  /// What the reader says, a line each, and which keys it asked for.
  private func read(_ kind: String, _ bytes: [UInt8]) throws -> (complaints: [String], asked: [String: Set<String>]) {
    // JSON is YAML.
    let reader = ConfigurationReader(try YAMLDocument(parsing: String(decoding: bytes, as: UTF8.self), file: "1.yaml"))
    if kind == "office" { _ = OfficeHours(reading: reader.root) } else { _ = HolidayCalendar(reading: reader.root) }
    let asked = reader.asked
    do throws(ConfigurationErrors) {
      try reader.finish()
      return ([], asked)
    } catch {
      return (error.errors.map(\.description), asked)
    }
  }

  @Test("every shipped file is valid")
  func shipped() throws {
    let holidays = try EditorSchema(Self.folder + "/holidays.schema.json")
    #expect(try holidays.accepts(yaml: Calendars.folder + "/holidays/vietnam/1.yaml"))
    let office = try EditorSchema(Self.folder + "/office.schema.json")
    let offices = FolderListing.files(in: Calendars.folder + "/offices", ending: ".yaml")
    #expect(offices.count == 2)
    for path in offices { #expect(try office.accepts(yaml: path), "\(path)") }
  }

  @Test("a misspelt key is refused by both, wherever it stands; every key stands in the example", arguments: kinds)
  func misspelt(kind: String) throws {
    let schema = try EditorSchema(Self.folder + "/\(kind).schema.json")
    let example = TestFiles.read(Self.folder + "/valid/\(kind)--day-du.json")
    #expect(try schema.accepts(example) && complaints(kind, example) == [])
    #expect(try schema.differences(from: read(kind, example).asked) == [])
    for misspelling in try EditorSchema.misspellings(of: example) {
      #expect(try !schema.accepts(misspelling.bytes), "\(misspelling.path): the schema knows a key too many")
      #expect(try !complaints(kind, misspelling.bytes).isEmpty, "\(misspelling.path): the reader knows a key too many")
    }
    let text = String(decoding: example, as: UTF8.self)
    #expect(schema.keys.filter { !text.contains("\"\($0)\":") } == [])
  }
}
