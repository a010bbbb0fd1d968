import DocumentKit
import FileKit
import Gateway
import GatewayTesting
import JSONKit
import Testing

@Suite("The schema by which editors complete partner profiles")
struct PartnerSchemaTests {
  private static let folder = TestFiles.projectRoot + "/Schemas/lienthong-partner/1"
  private static let cases = [
    "toi-thieu", "day-du", "khong-dang-nhap", "truong-bi-mat", "truong-van-ban", "co-ban", "phien-json", "token-may",
    "token-nguoi-dung", "bieu-mau", "nhieu-phan", "soap", "vxp", "khong-gian-ten", "rest",
    "goi-lai", "goi-lai-truong", "webhook",
  ]

  private let temporary = TemporaryFolder()
  private let schema: JSONSchema

  init() throws {
    let document = try JSONDocument(parsing: TestFiles.read(Self.folder + "/partner.schema.json"))
    schema = try JSONSchema(document, options: JSONSchemaOptions(isStrict: true))
    for (name, root) in [("ho-so", "hoSo"), ("tien-do", "tienDo")] {
      let namespace = name == "ho-so" ? #" targetNamespace="urn:mau""# : ""
      TestFiles.write(
        #"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"\#(namespace)><xs:element name="\#(root)"/></xs:schema>"#,
        to: temporary.path + "/Schemas/mau/1/\(name).xsd")
    }
  }

  private func isValid(_ bytes: [UInt8]) throws -> Bool {
    schema.accepts(try JSONDocument(parsing: bytes).root)
  }

  /// What the reader says, a line each.
  private func complaints(_ bytes: [UInt8]) -> [String] {
    let path = temporary.path + "/profile.yaml"
    // JSON is YAML.
    TestFiles.write(String(decoding: bytes, as: UTF8.self), to: path)
    do {
      _ = try PartnerCatalogue(files: [path], catalogue: temporary.path)
      return []
    } catch {
      return error.lines
    }
  }

  private static let shippedFiles = FolderListing.files(
    in: TestFiles.projectRoot + "/Deploy/partners", ending: ".yaml")

  @Test("every shipped profile is valid", arguments: shippedFiles)
  func shipped(path: String) throws {
    let document = try YAMLDocument(contentsOf: path)
    var writer = JSONWriter()
    document.root.write(to: &writer)
    #expect(try isValid(writer.finish()))
  }

  @Test("what the examples say, the reader takes", arguments: cases)
  func read(name: String) {
    #expect(complaints(TestFiles.read(Self.folder + "/valid/partner--\(name).json")) == [])
  }

  @Test("a misspelt key is refused by both, wherever it stands", arguments: cases)
  func misspelt(name: String) throws {
    let document = try JSONDocument(parsing: TestFiles.read(Self.folder + "/valid/partner--\(name).json"))
    var refused = 0
    for number in 0..<Self.keys(of: document.root) {
      var left = number
      var path = ""
      var writer = JSONWriter()
      Self.write(document.root, to: &writer, misspelling: &left, at: "", found: &path)
      let bytes = writer.finish()
      let isValid = try isValid(bytes)
      let complaints = complaints(bytes)
      if isValid {
        #expect(!complaints.contains { $0.contains("is not known") }, "\(path): the schema knows a key too many")
      } else {
        #expect(!complaints.isEmpty, "\(path): the reader knows a key too many")
        refused += 1
      }
    }
    #expect(refused >= 8, "\(refused) keys are refused")
  }

  @Test("every key of the schema stands in an example")
  func complete() throws {
    let document = try JSONDocument(parsing: TestFiles.read(Self.folder + "/partner.schema.json"))
    var known: Set<String> = []
    func collect(_ value: JSONValue) {
      guard value.kind == .object || value.kind == .array else { return }
      if value.kind == .array { return value.elements.forEach(collect) }
      for member in value.members {
        if member.name == "properties" { known.formUnion(member.value.members.map { String($0.name) }) }
        collect(member.value)
      }
    }
    collect(document.root)
    let examples = Self.cases.map { name in
      String(decoding: TestFiles.read(Self.folder + "/valid/partner--\(name).json"), as: UTF8.self)
    }.joined()
    #expect(known.filter { !examples.contains("\"\($0)\":") }.sorted() == [])
    #expect(known.count > 40)
  }

  private static func keys(of value: JSONValue) -> Int {
    switch value.kind {
    case .object: value.members.reduce(0) { $0 + 1 + keys(of: $1.value) }
    case .array: value.elements.reduce(0) { $0 + keys(of: $1) }
    default: 0
    }
  }

  /// Writes the value with the key of number `left` misspelt.
  private static func write(
    _ value: JSONValue, to writer: inout JSONWriter, misspelling left: inout Int, at path: String, found: inout String
  ) {
    switch value.kind {
    case .object:
      writer.beginObject()
      for member in value.members {
        if left == 0 { found = path + "/\(member.name)" }
        writer.name(left == 0 ? "\(member.name)x" : String(member.name))
        left -= 1
        write(member.value, to: &writer, misspelling: &left, at: path + "/\(member.name)", found: &found)
      }
      writer.endObject()
    case .array:
      writer.beginArray()
      for element in value.elements { write(element, to: &writer, misspelling: &left, at: path + "/-", found: &found) }
      writer.endArray()
    default: writer.value(value)
    }
  }
}
