import DocumentKit
import FileKit
import GatewayTesting
import JSONKit
import ServiceKit
import Testing

@testable import Delivery
@testable import Gateway

@Suite("The schema by which editors complete partner profiles")
struct PartnerSchemaTests {
  private static let folder = TestFiles.projectRoot + "/Schemas/lienthong-partner/1"
  private static let cases = [
    "toi-thieu", "day-du", "khong-dang-nhap", "truong-bi-mat", "truong-van-ban", "co-ban", "phien-json", "phien-soap",
    "sftp-khoa", "sftp-mat-khau", "token-may", "token-nguoi-dung", "bieu-mau", "nhieu-phan", "soap", "vxp",
    "khong-gian-ten", "rest",
    "goi-lai", "goi-lai-truong", "goi-lai-ma-kiem", "tra-cuu", "webhook", "hoi", "hoi-ky", "danh-muc",
  ]

  private let temporary = TemporaryFolder()
  private let schema: EditorSchema

  init() throws {
    schema = try EditorSchema(Self.folder + "/partner.schema.json")
    for (name, root) in [("ho-so", "hoSo"), ("tien-do", "tienDo")] {
      let namespace = name == "ho-so" ? #" targetNamespace="urn:mau""# : ""
      TestFiles.write(
        #"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"\#(namespace)><xs:element name="\#(root)"/></xs:schema>"#,
        to: temporary.path + "/Schemas/mau/1/\(name).xsd")
    }
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
      return error.findings.map(\.description)
    }
  }

  private static let shippedFiles = FolderListing.files(
    in: TestFiles.projectRoot + "/Deploy/partners", ending: ".yaml")

  @Test("every shipped profile is valid", arguments: shippedFiles)
  func shipped(path: String) throws {
    #expect(try schema.accepts(yaml: path))
  }

  @Test("what the examples say, the reader takes", arguments: cases)
  func read(name: String) {
    #expect(complaints(TestFiles.read(Self.folder + "/valid/partner--\(name).json")) == [])
  }

  @Test("a misspelt key is refused by both, wherever it stands", arguments: cases)
  func misspelt(name: String) throws {
    var refused = 0
    for misspelling in try EditorSchema.misspellings(of: TestFiles.read(Self.folder + "/valid/partner--\(name).json")) {
      let complaints = complaints(misspelling.bytes)
      if try schema.accepts(misspelling.bytes) {
        #expect(
          !complaints.contains { $0.contains("is not known") }, "\(misspelling.path): the schema knows a key too many")
      } else {
        #expect(!complaints.isEmpty, "\(misspelling.path): the reader knows a key too many")
        refused += 1
      }
    }
    #expect(refused >= 8, "\(refused) keys are refused")
  }

  @Test("knows the keys that the reader asks for, and no others")
  func keys() throws {
    var asked: [String: Set<String>] = [:]
    for name in Self.cases {
      let text = String(decoding: TestFiles.read(Self.folder + "/valid/partner--\(name).json"), as: UTF8.self)
      let reader = ConfigurationReader(try YAMLDocument(parsing: text, file: temporary.path + "/profile.yaml"))
      _ = SiteProfile(reading: reader.root, schemas: SiteSchemas(folder: temporary.path + "/Schemas"))
      asked.merge(reader.asked) { $0.union($1) }
    }
    // A member of a body that is computed is no section: its keys are beside whatever else a member may be.
    let computed = ["checksumMember/checksum"] + ProfileReading.checksumKeys.map { "checksum/\($0)" }
    #expect(
      schema.differences(from: asked)
        == computed.sorted().map { "/$defs/\($0): the schema knows it, and the reader never asks for it" })
  }

  @Test("every key of the schema stands in an example")
  func complete() throws {
    let examples = Self.cases.map { name in
      String(decoding: TestFiles.read(Self.folder + "/valid/partner--\(name).json"), as: UTF8.self)
    }.joined()
    let known = schema.keys
    #expect(known.filter { !examples.contains("\"\($0)\":") }.sorted() == [])
    #expect(known.count > 40)
  }
}
