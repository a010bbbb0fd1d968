import CryptographyKit
import GatewayTesting
import HTTPKit
import Synchronization
import Testing

/// What has to be done about a file before a message can be made: it is fetched from its sender, or goes to its recipient.
@Suite("A file's errands through the built daemon", .serialized, .timeLimit(.minutes(5)))
struct FileErrandJourneyTests {
  private static let code = "H99.14-260101-0001"

  /// Partner and file server in one: takes uploads and documents, and offers files.
  private final class Partner: Sendable {
    private final class State: Sendable {
      let uploads = Mutex<[HTTPRequest]>([])
      let documents = Mutex<[String]>([])
      let fetches = Mutex<[String]>([])
      let refusesDocuments = Atomic<Bool>(false)
    }

    private let state = State()
    let server: ScriptedPartner

    init() throws {
      let state = self.state
      server = try ScriptedPartner { request, _ in
        switch request.path.first {
        case "upload":
          let number = state.uploads.withLock { uploads in
            uploads.append(request)
            return uploads.count
          }
          return .answer(.text(200, "{\"IdTepTin\":\"TEP-\(number)\"}", headers: ["Content-Type": "application/json"]))
        case "tep", "rieng":
          state.fetches.withLock { $0.append(request.target) }
          return .answer(.text(200, "tệp " + request.path[1]))
        default:
          if state.refusesDocuments.load(ordering: .relaxed) { return .answer(.text(503, "down")) }
          state.documents.withLock { $0.append(String(decoding: request.body, as: UTF8.self)) }
          return .answer(
            .text(
              200, "<MResult><Status>200</Status><Message>OK</Message></MResult>",
              headers: ["Content-Type": "application/xml"]))
        }
      }
    }

    var address: String { server.address }
    var port: Int { Int(server.address.split(separator: ":").last ?? "") ?? 0 }
    var uploads: [HTTPRequest] { state.uploads.withLock { $0 } }
    var documents: [String] { state.documents.withLock { $0 } }
    var fetches: Set<String> { state.fetches.withLock { Set($0) } }
    func refuseDocuments(_ refuses: Bool) { state.refusesDocuments.store(refuses, ordering: .relaxed) }
  }

  /// The catalogue of the project with changes, as an integration engineer would make them.
  private static func catalogue(_ changes: [(file: String, from: String, to: String)]) -> TemporaryFolder {
    let folder = TemporaryFolder()
    for part in ["Schemas", "Mappings", "Deploy"] {
      #expect(ProgramRun(["/bin/cp", "-r", TestFiles.projectRoot + "/" + part, folder.path]).exitCode == 0)
    }
    for (file, from, to) in changes {
      let path = folder.path + "/" + file
      let text = String(decoding: TestFiles.read(path), as: UTF8.self)
      #expect(text.contains(from), "\(file) has no ‘\(from)’ any more")
      TestFiles.write(text.replacing(from, with: to), to: path)
    }
    return folder
  }

  @Test("uploaded before the message that names it, it is uploaded once although the gateway is killed in between")
  func uploadOnce() throws {
    let partner = try Partner()
    partner.refuseDocuments(true)
    let catalogue = Self.catalogue([
      (
        "Mappings/canonical--oc-lgsp.sync-document/1/mapping.yaml", "{ to: AttachmentName, from: name }",
        "{ to: AttachmentName, from: name, when: not(content) }\n"
          + "      - { to: AttachmentName, from: content, file: upload, when: content }"
      ),
      (
        "Deploy/partners/oc-lgsp.yaml", "  operations:\n",
        "  upload: { path: /upload, field: files, format: json, id: string(IdTepTin) }\n  operations:\n"
      ),
    ])
    let site = TestSite(secondAgency: partner.port, catalogue: catalogue.path)
    site.append("  - { name: lưu trữ, message: dossier, from: [so-xay-dung], to: [so-tu-phap] }", to: "routes.yaml")
    // Nothing is pushed to the first agency: with uploads in its tongue, that has to be said of it too.
    site.append(
      "  address: http://127.0.0.1:9\n  secrets: { apiKey: \"file:../secrets/key\" }", to: "parties/so-xay-dung.yaml")
    let pulling = site.site + "/parties/so-xay-dung.yaml"
    TestFiles.write(
      String(decoding: TestFiles.read(pulling), as: UTF8.self).replacing("  pull: true\n", with: ""), to: pulling)
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log1")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    try #require(visitor.lodge(Dossiers.json(Self.code))?.status == 202)
    let answer = visitor.send(
      .post, "/v1/messages", key: TestSite.agencyKey, headers: ["Content-Type": "application/xml"],
      body: AgencyReport.result(of: Self.code))
    try #require(answer?.status == 202)
    #expect(Patience.until { visitor.states(of: Self.code, to: "so-tu-phap") == ["deferred"] })
    daemon.process.killGroup()
    _ = daemon.process.wait()
    partner.refuseDocuments(false)
    let again = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log2")
    let guest = try Visitor(port: try #require(again.waitUntilListening()))
    #expect(Patience.until { guest.states(of: Self.code, to: "so-tu-phap") == ["delivered"] })
    #expect(partner.documents.last?.contains("<AttachmentName>TEP-1</AttachmentName>") == true)
    let uploads = partner.uploads
    try #require(uploads.count == 1)
    let body = String(decoding: uploads[0].body, as: UTF8.self)
    let sha256 = Hexadecimal.encode(SHA256.hash(Array("%PDF-1.4".utf8)))
    #expect(body.hasPrefix("--lt-\(sha256)\r\n") && body.hasSuffix("\r\n\r\n%PDF-1.4\r\n--lt-\(sha256)--\r\n"))
    #expect(uploads[0].headers["Idempotency-Key"] == "file-\(sha256)")
    #expect(uploads[0].headers["X-Api-Key"] == "khoa-ra")
  }

  /// A site whose one-stop system names files by address, and may have them fetched from below `permitted`.
  private static func fetchingSite(_ partner: Partner, _ catalogue: TemporaryFolder, permitted: String) -> TestSite {
    let site = TestSite(agency: partner.port, catalogue: catalogue.path)
    site.append("filesFrom: [{ \(permitted) }]", to: "parties/mot-cua.yaml")
    return site
  }

  private static func fetchingCatalogue() -> TemporaryFolder {
    catalogue([
      (
        "Mappings/dvcqg-a.ho-so--canonical/1/mapping.yaml",
        "  - to: attachment\n    each: TaiLieuNop\n    rows:\n",
        "  - to: attachment\n    each: TaiLieuNop\n    rows:\n"
          + "      - { to: content, from: DuongDanTaiTepTin, file: fetch }\n"
      )
    ])
  }

  private static func dossier(_ address: String) -> [UInt8] {
    Array(
      String(decoding: Dossiers.json(code), as: UTF8.self)
        .replacing(/https:(\\?\/){2}motcua[^"]*?tai-ve(\\?\/)2026(\\?\/)11(\\?\/)/, with: address + "/").utf8)
  }

  @Test("named by its address, it is fetched from where its sender may keep files, and then delivered")
  func fetch() throws {
    let partner = try Partner()
    let catalogue = Self.fetchingCatalogue()
    let site = Self.fetchingSite(partner, catalogue, permitted: "address: \(partner.address)/tep, private: true")
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    try #require(visitor.lodge(Self.dossier(partner.address + "/tep"))?.status == 202)
    #expect(Patience.until { visitor.states(of: Self.code, to: "so-xay-dung") == ["delivered"] })
    let document = try #require(partner.documents.last)
    let content = Base64.encode(Array("tệp 900142001".utf8))
    #expect(document.contains("<Base64>\(content)</Base64>"))
    #expect(partner.fetches.count == document.matches(of: /<Base64>/).count)
  }

  @Test(
    "elsewhere, or at an address that is not public, it is not asked for, and its output stays held",
    arguments: [
      ("address: {}/tep, private: true", "/rieng"), ("address: {}/tep, private: true", "/tep/../rieng"),
      ("address: {}/tep, private: true", "/tep/%2e%2E/rieng"), ("address: {}/tep", "/tep"),
      ("address: https://tep.example.vn/, private: true", "/tep"),
    ])
  func notPermitted(permitted: String, path: String) throws {
    let partner = try Partner()
    let catalogue = Self.fetchingCatalogue()
    let site = Self.fetchingSite(
      partner, catalogue, permitted: permitted.replacing("{}", with: partner.address))
    let gateway = try GatewayInProcess(site)
    let visitor = try Visitor(port: gateway.port)
    try #require(visitor.lodge(Self.dossier(partner.address + path))?.status == 202)
    let log = { String(decoding: TestFiles.read(site.folder.path + "/log"), as: UTF8.self) }
    #expect(Patience.until { log().contains("event=file-errand-failed") })
    #expect(visitor.states(of: Self.code, to: "so-xay-dung") == ["held"])
    #expect(partner.fetches.isEmpty)
    #expect(!log().contains("900142001"), "the log shows an address")
  }
}
