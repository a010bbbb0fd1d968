import CryptographyKit
import DossierModel
import DossierStore
import GatewayTesting
import JSONKit
import ServiceKit
import Testing

/// `map replay` over a store as a gateway of the demo site fills it: a few hundred dossiers, replayed by the program.
@Suite("The command line: replaying a store", .timeLimit(.minutes(5)))
struct ReplayCommandTests {
  private let folder = TemporaryFolder()
  private let root = TestFiles.projectRoot
  private static let t0 = Timestamp(seconds: 1_800_000_000)
  private static let processing = 412
  private static let accepted = 30
  /// The mappings of another folder: status 4 and 5 change places, and the summary is another text.
  private var other: String { folder.path + "/Mappings" }

  init() throws {
    let store = try SQLDossierStore(.sqlite(path: folder.path + "/lienthong.sqlite"), at: Self.t0)
    defer { store.close() }
    let text = String(
      decoding: TestFiles.read(root + "/Mappings/dvcqg-a.ho-so--canonical/1/examples/toi-thieu.in.json"), as: UTF8.self)
    let identifiers = UUIDv7Generator()
    var records: [MessageRecord] = []
    for number in 0..<(Self.processing + Self.accepted) {
      let code = "H56.14-261120-\(String(10_000 + number).dropFirst())"
      let status = number < Self.processing ? "4" : "2"
      var body = text.replacing("H56.14-261120-0007", with: code)
        .replacing(#""TrangThaiHoSo": "2""#, with: #""TrangThaiHoSo": "\#(status)""#)
      // Every tenth goes to the department of construction.
      if number.isMultiple(of: 10) { body = body.replacing("1.001193", with: "1.009994") }
      let time = Self.t0 + .seconds(number)
      let bytes = Array(body.utf8)
      records.append(
        MessageRecord(
          envelope: Envelope(
            id: MessageID(identifiers.next()), sender: number < 400 ? "mot-cua-demo" : "mot-cua-khac",
            type: "dvcqg-a/ho-so", receivedAt: time, digest: MessageDigest(of: bytes), key: nil),
          fields: DossierFields(code: DossierCode(code), procedure: "1.001193", status: "processing"), body: bytes,
          deliveries: [NewDelivery(destination: "cong-dvcqg-demo", type: "dvcqg-a/ho-so", payload: bytes)]))
    }
    _ = try store.recordAndWait(records)
    try #require(ProgramRun(["/bin/cp", "-r", root + "/Mappings", other]).exitCode == 0)
    try change("codes/dvcqg-status.yaml") { table in
      table.replacing(#"foreign: "4""#, with: #"foreign: "x""#).replacing(#"foreign: "5""#, with: #"foreign: "4""#)
        .replacing(#"foreign: "x""#, with: #"foreign: "5""#)
    }
    try change("canonical--dvcqg-a.ho-so/1/mapping.yaml") { rows in
      rows.replacing("\"(procedure/name | summary)[last()]\"", with: "\"concat(summary, '.')\"")
    }
  }

  private func change(_ path: String, _ edit: (String) -> String) throws {
    let text = String(decoding: TestFiles.read(other + "/" + path), as: UTF8.self)
    let edited = edit(text)
    try #require(edited != text, "\(path) has nothing to change")
    TestFiles.write(edited, to: other + "/" + path)
  }

  private func replay(_ words: String...) -> ProgramRun {
    ProgramRun(
      [
        TestFiles.program("lienthong"), "map", "replay", root + "/Deploy/sites/demo", "--mapping",
        "canonical--dvcqg-a.ho-so", "--mappings", other, "--data", folder.path,
      ] + words)
  }

  private func compared(_ words: String...) throws -> Int? {
    let run = ProgramRun(
      [
        TestFiles.program("lienthong"), "map", "replay", root + "/Deploy/sites/demo", "--mapping",
        "canonical--dvcqg-a.ho-so", "--mappings", other, "--data", folder.path, "--json",
      ] + words)
    return try JSONDocument(parsing: run.output).root["compared"]?.numberText.flatMap { Int($0) }
  }

  @Test("hundreds of messages make a few groups, each with its number; codes are shown and texts of citizens are not")
  func groups() throws {
    let run = replay()
    #expect(run.exitCode == 1 && run.errorText.isEmpty, "\(run.errorText)")
    #expect(run.lines.contains { $0.hasPrefix("442     ~ TrichYeuHoSo") && !$0.contains("Lê Minh An") }, "\(run.text)")
    #expect(run.lines.contains(#"412     ~ TrangThaiHoSo: "4" → "5""#), "\(run.text)")
    #expect(run.lines.last?.contains("442 message(s) compared, 0 equal, 442 different; 0 passed over") == true)
    #expect(replay("--values").text.contains("Lê Minh An"))
  }

  @Test("paths that may differ do not count; for machines the same as one object")
  func ignored() throws {
    let run = replay("--ignore", "TrichYeuHoSo", "--json")
    #expect(run.exitCode == 1 && run.lines.count == 1)
    let report = try JSONDocument(parsing: run.output).root
    #expect(report["compared"]?.numberText == "442" && report["equal"]?.numberText == "30")
    let patterns = Array(try #require(report["patterns"]).elements)
    #expect(patterns.count == 1 && patterns[0]["text"]?.string == #"~ TrangThaiHoSo: "4" → "5""#)
    #expect(patterns[0]["messages"]?.numberText == "412" && patterns[0]["examples"]?.elements.count == 5)
    let nothing = replay("--ignore", "TrichYeuHoSo", "--ignore", "TrangThaiHoSo")
    #expect(nothing.exitCode == 0 && nothing.lines.count == 1, "\(nothing.text)")
  }

  @Test("messages are taken by time, by dossier, by sender and by the route they went")
  func selection() throws {
    let from = Self.t0 + .seconds(100)
    let until = Self.t0 + .seconds(300)
    #expect(try compared("--since", from.rfc3339(offset: .vietnam), "--until", until.rfc3339(offset: .vietnam)) == 200)
    #expect(try compared("--dossier", "H56.14-261120-0017") == 1)
    #expect(try compared("--from", "mot-cua-khac") == 42)
    #expect(try compared("--to", "so-xay-dung-demo") == 0)
    #expect(try compared("--route", "hồ sơ cấp phép xây dựng") == 40)
    #expect(replay("--since", "hôm qua").exitCode == 2)
  }

  @Test("the store is as it was: nothing is sent, delivered or written")
  func silent() throws {
    func queue() -> String { ProgramRun.lienthong("queue", "--data", folder.path, "--json").text }
    let before = queue()
    let bytes = TestFiles.read(folder.path + "/lienthong.sqlite")
    _ = replay()
    #expect(queue() == before && before.contains("442"))
    #expect(TestFiles.read(folder.path + "/lienthong.sqlite") == bytes)
  }
}
