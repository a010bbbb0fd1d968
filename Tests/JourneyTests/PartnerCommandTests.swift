import GatewayTesting
import HTTPKit
import JSONKit
import Simulation
import Testing

@Suite("The command line: partners", .serialized, .timeLimit(.minutes(5)))
struct PartnerCommandTests {
  private static let code = "H99.14-260101-0001"
  private static let password = "mat-khau-thu-nghiem-7"

  private let folder = TemporaryFolder()

  private func lienthong(_ words: [String]) -> ProgramRun {
    ProgramRun(
      [TestFiles.program("lienthong"), "partner"] + words + [
        "--partners", TestFiles.projectRoot + "/Deploy/partners",
      ])
  }

  @Test("check finds nothing in the shipped profiles, and everything in one that is broken")
  func check() {
    let good = lienthong(["check", "--catalogue", TestFiles.projectRoot])
    #expect(good.exitCode == 0 && good.text.contains("hold together"), "\(good.text)\(good.errorText)")
    let shipped = String(
      decoding: TestFiles.read(TestFiles.projectRoot + "/Deploy/partners/oc-lgsp.yaml"), as: UTF8.self)
    for (wrong, right, expected) in [
      ("oc-lgsp/1/lgsp.xsd", "oc-lgsp/9/lgsp.xsd", "oc-lgsp/9/lgsp.xsd"),
      ("canonical--oc-lgsp.sync-document\n", "canonical--oc-lgsp.sync-documents\n", "did you mean"),
      ("self::MSyncDocument", "self::MSyncDocument[", "recognise"),
      ("    fromCanonical: canonical--oc-lgsp.sync-document\n", "", "no mapping writes it"),
      ("  operations:", "  operation:", "operations"),
    ] {
      TestFiles.write(shipped.replacing(wrong, with: right), to: folder.path + "/oc-lgsp.yaml")
      let run = ProgramRun.lienthong(
        "partner", "check", "--partners", folder.path, "--catalogue", TestFiles.projectRoot)
      #expect(run.exitCode == 1 && run.text.contains(expected), "\(wrong): \(run.text)\(run.errorText)")
      #expect(run.text.contains("oc-lgsp.yaml:"), "\(run.text)")
    }
    #expect(ProgramRun.lienthong("partner", "check", "--partners", folder.path + "/none").exitCode == 1)
  }

  @Test("describe tells messages, requests, answers and what a party gives; for machines too")
  func describe() throws {
    let run = lienthong(["describe", "dvcqg-a"])
    #expect(run.exitCode == 0)
    for part in [
      "dvcqg-a/ho-so: dossier, json", "a session: POST {values.authEndpoint}", "first as create, then as update",
      "sent again as update: “đã tồn tại” in message", "secrets.password",
      "values.authEndpoint (\"/login\" unless given)",
    ] {
      #expect(run.text.contains(part), "\(part): \(run.text)")
    }
    let object = try JSONDocument(parsing: lienthong(["describe", "dvcqg-a", "--json"]).output).root
    #expect(object["secrets"]?.elements.compactMap(\.string) == ["password", "username"])
    #expect(object["operations"]?[0]?["variants"]?.elements.compactMap(\.string) == ["create", "update"])
    #expect(object["messages"]?.count == 2)
    let folder = try JSONDocument(parsing: lienthong(["describe", "sftp", "--json"]).output).root["polls"]?[0]?[
      "folder"]
    #expect(folder?["path"]?.string == "/{values.outbox}" && folder?["names"]?[0]?.string == "*.xml")
    #expect(
      folder?["taken"]?.string == "/{values.outbox}/da-nhan"
        && folder?["refused"]?.string?.hasSuffix("khong-nhan") == true)
    let asked = try JSONDocument(parsing: lienthong(["describe", "thanh-toan", "--json"]).output).root["questions"]?[0]
    #expect(asked?["path"]?.string == "/callbacks/thanh-toan/dptracuuthanhtoanhs")
    #expect(lienthong(["describe", "thanh-toan"]).text.contains("asks us dptracuuthanhtoanhs"))
    let unknown = lienthong(["describe", "khong-co"])
    #expect(unknown.exitCode == 2 && unknown.errorText.contains("dvcqg-a"))
  }

  @Test(
    "try logs in, sends, switches to the update where the portal has the dossier, and shows no secret and no session")
  func tryPortal() throws {
    var configuration = PortalConfiguration()
    configuration.username = "nguoi-dung-thu"
    configuration.password = Self.password
    configuration.destinationCode = "VN:THU"
    let portal = PortalSimulator(configuration: configuration)
    let server = try SimulatorServer(partner: portal)
    defer { server.stop() }
    let first = tryPortal(server.url)
    #expect(first.exitCode == 0, "\(first.text)\(first.errorText)")
    #expect(first.text.contains("(login)") && first.text.contains("(message, create)"))
    #expect(first.text.contains("The partner has the message."))
    let vietnamese = tryPortal(server.url, "--language", "vi")
    #expect(vietnamese.exitCode == 0 && vietnamese.text.contains("Đối tác đã có bản tin."), "\(vietnamese.text)")
    #expect(vietnamese.text.contains("tài liệu: ") && vietnamese.text.contains("hợp lệ theo dvcqg-a/1/"))
    let second = tryPortal(server.url)
    #expect(second.exitCode == 0 && second.text.contains("(message, update)"), "\(second.text)")
    #expect(second.text.contains("đã tồn tại"), "the portal's own words are shown")
    for run in [first, second] {
      #expect(!run.text.contains(Self.password) && !run.text.contains("nguoi-dung-thu"))
      #expect(run.text.contains("\"session\":\"hidden\"") && run.text.contains("\"password\":\"hidden\""))
      let sessions = portal.journal.messages.compactMap { try? JSONDocument(parsing: $0.body).root["session"]?.string }
      #expect(!sessions.isEmpty && sessions.allSatisfy { !run.text.contains($0) })
    }
    server.set(FaultSetting(.garbage))
    let garbage = tryPortal(server.url)
    #expect(garbage.exitCode == 1 && !garbage.text.contains("has the message."), "\(garbage.text)")
    server.set(FaultSetting(.down))
    let down = tryPortal(server.url)
    #expect(down.exitCode == 1 && down.text.contains("no answer: connect (nobody"), "\(down.text)")
    let downVietnamese = tryPortal(server.url, "--language", "vi")
    #expect(
      downVietnamese.text.contains("không có câu trả lời: connect (không ai nhận kết nối"), "\(downVietnamese.text)")
  }

  private func tryPortal(_ address: String, _ more: String...) -> ProgramRun {
    TestFiles.write(String(decoding: Dossiers.json(Self.code), as: UTF8.self), to: folder.path + "/ho-so.json")
    TestFiles.write("nguoi-dung-thu", to: folder.path + "/username")
    TestFiles.write(Self.password, to: folder.path + "/password")
    return lienthong(
      [
        "try", "dvcqg-a", "--address", address, "--document", folder.path + "/ho-so.json",
        "--secret", "username=file:\(folder.path)/username", "--secret", "password=file:\(folder.path)/password",
        "--value", "madonvi=H99", "--value", "dstcode=VN:THU", "--catalogue", TestFiles.projectRoot,
      ] + more)
  }

  @Test("try translates an example of the mapping and delivers it")
  func tryExample() throws {
    let agency = try LGSPAgency()
    TestFiles.write("khoa-thu", to: folder.path + "/key")
    let run = lienthong([
      "try", "oc-lgsp", "--address", "http://127.0.0.1:\(agency.port)", "--secret", "apiKey=file:\(folder.path)/key",
      "--catalogue", TestFiles.projectRoot,
    ])
    #expect(run.exitCode == 0, "\(run.text)\(run.errorText)")
    #expect(run.text.hasPrefix("example: ") && run.text.contains("by canonical--oc-lgsp.sync-document/1"))
    #expect(run.text.contains("> X-Api-Key: hidden") && !run.text.contains("khoa-thu"))
    #expect(agency.received.count == 1)
  }

  @Test("try sends nothing that is invalid or incomplete, and says what is missing")
  func tryRefuses() throws {
    let agency = try LGSPAgency()
    let address = "http://127.0.0.1:\(agency.port)"
    TestFiles.write("<MSyncDocument><DocCode>1</DocCode></MSyncDocument>", to: folder.path + "/sai.xml")
    TestFiles.write("khoa-thu", to: folder.path + "/key")
    let key = ["--secret", "apiKey=file:\(folder.path)/key", "--catalogue", TestFiles.projectRoot]
    let invalid = lienthong(["try", "oc-lgsp", "--address", address, "--document", folder.path + "/sai.xml"] + key)
    #expect(invalid.exitCode == 1 && invalid.text.contains("sai.xml:1:"), "\(invalid.text)\(invalid.errorText)")
    for (words, expected) in [
      (["try", "oc-lgsp"] + key, "--address"),
      (["try", "oc-lgsp", "--address", address, "--catalogue", TestFiles.projectRoot], "--secret apiKey=file:PATH"),
      (["try", "oc-lgsp", "--address", address, "--value", "x=1"] + key, "--value x"),
      (["try", "oc-lgsp", "--address", address, "--secret", "apiKey=khoa-thu"], "file:PATH or env:NAME"),
      (["try", "oc-lgsp", "--address", "agency.example"] + key, "http(s)://host"),
      (["try", "oc-lgsp", "--address", address, "--message", "ho-so"] + key, "oc-lgsp/sync-document"),
      (["try", "oc-lgsp", "--address", address, "--example", "khong-co"] + key, "has no example 'khong-co'"),
      (["try", "oc-lgsp", "--address", address, "--certificate", "x.pem"] + key, "--key"),
      (["try", "oc-lgsp", "--address", address, "--timeout", "0"] + key, "--timeout"),
      (["try", "khong-co", "--address", address] + key, "there is no profile"),
      (["try", "oc_lgsb", "--address", address] + key, "did you mean 'oc-lgsp'?"),
    ] {
      let run = lienthong(words)
      #expect(run.exitCode == 2 && run.errorText.contains(expected), "\(words): \(run.errorText)")
      #expect(!run.errorText.contains("khoa-thu"), "\(words)")
      let vietnamese = lienthong(words + ["--language", "vi"])
      #expect(
        vietnamese.exitCode == 2 && vietnamese.errorText.contains { $0.isLetter && !$0.isASCII }
          && vietnamese.errorText != run.errorText, "\(words): \(vietnamese.errorText)")
      #expect(!vietnamese.errorText.contains("khoa-thu"), "\(words)")
    }
    #expect(agency.received.isEmpty)
  }

  @Test("try --poll looks into a folder, shows what is in it, and leaves everything where it is")
  func tryPoll() throws {
    let server = TemporarySFTPServer()
    TestFiles.write(String(decoding: server.key, as: UTF8.self), to: folder.path + "/key")
    TestFiles.write(server.user, to: folder.path + "/user")
    TestFiles.write("<dossier>một</dossier>", to: server.inbox + "/gui-di/a.xml")
    let words = [
      "try", "sftp", "--address", "sftp://127.0.0.1:\(server.port)\(server.inbox)", "--value",
      "hostKeys=\(server.fingerprint)", "--secret", "username=file:\(folder.path)/user", "--secret",
      "key=file:\(folder.path)/key", "--catalogue", TestFiles.projectRoot,
    ]
    let run = lienthong(words + ["--poll", "nhan"])
    #expect(run.exitCode == 0, "\(run.text)\(run.errorText)")
    for part in ["> LIST sftp://", "> GET sftp://", "<dossier>một</dossier>", "~ MOVE sftp://", "1 item,"] {
      #expect(run.text.contains(part), "\(part): \(run.text)")
    }
    #expect(TestFiles.read(server.inbox + "/gui-di/a.xml") == Array("<dossier>một</dossier>".utf8))
    let nowhere = lienthong(words + ["--poll", "nhan", "--value", "outbox=khong-co"])
    #expect(nowhere.exitCode == 1 && nowhere.text.contains("SFTP 404"), "\(nowhere.text)\(nowhere.errorText)")
    let unknown = lienthong(words + ["--poll", "khac"])
    #expect(unknown.exitCode == 2 && unknown.errorText.contains("it has nhan"), "\(unknown.errorText)")
    let sent = lienthong(words + ["--poll", "nhan", "--message", "dossier"])
    #expect(sent.exitCode == 2 && sent.errorText.contains("--message"), "\(sent.errorText)")
  }

  @Test("try --lookup asks with the parameters that are given, and tells found and not found apart")
  func tryLookup() throws {
    let partner = try ScriptedPartner { request, _ in
      let isKnown = request.query["msdn"] == "0101234567"
      return .answer(.text(200, isKnown ? #"{"GetEntCert": {"MaSoDoanhNghiep": "0101234567"}}"# : "[]"))
    }
    TestFiles.write("khoa-thu", to: folder.path + "/key")
    func run(_ more: [String]) -> ProgramRun {
      lienthong(
        [
          "try", "dkkd-tinh", "--address", partner.address, "--secret", "accessKey=file:\(folder.path)/key",
          "--catalogue", TestFiles.projectRoot, "--lookup",
        ] + more)
    }
    let found = run(["chi-tiet", "--value", "msdn=0101234567"])
    #expect(found.exitCode == 0 && found.text.contains("The partner answers."), "\(found.text)\(found.errorText)")
    #expect(found.text.contains("> X-Access-Key: hidden") && !found.text.contains("khoa-thu"))
    let other = run(["chi-tiet", "--value", "msdn=0101234568"])
    #expect(other.exitCode == 1 && other.text.contains("nothing of the kind"), "\(other.text)\(other.errorText)")
    let wrong = run(["chi-tiet", "--value", "msdn=x"])
    #expect(wrong.exitCode == 2 && wrong.errorText.contains("--value msdn"), "\(wrong.errorText)")
    #expect(run(["khac"]).exitCode == 2 && partner.requests.count == 2)
  }
}
