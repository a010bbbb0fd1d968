import DossierModel
import DossierStore
import Gateway
import GatewayTesting
import JSONKit
import ServiceKit
import Testing
import XMLKit

/// The figures that Điện Biên published on 09/10/2019, as messages in a ledger and out of it again.
@Suite("The command line: the report", .timeLimit(.minutes(3)))
struct ReportCommandTests {
  private let folder = TemporaryFolder()
  private let samples = SampleMessages()
  private let received: Timestamp

  init() throws {
    received = try Timestamp(rfc3339: "2019-09-20T09:00:00+07:00")
    let store = try SQLDossierStore(.sqlite(path: "\(folder.path)/\(Site.databaseName)"), at: received)
    defer { store.close() }
    var records: [MessageRecord] = []
    for (unit, outcomes) in Self.published {
      for (status, day, count) in outcomes {
        for _ in 0..<count { records += dossier(records.count, unit, status, day) }
      }
    }
    for start in stride(from: 0, to: records.count, by: 500) {
      _ = try store.recordAndWait(Array(records[start..<min(start + 500, records.count)]))
    }
  }

  /// Unit, and how many ended in which status on which day; due on the tenth.
  private static let published: [(String, [(String?, Int, Int)])] = [
    (
      "Sở, ngành",
      [
        ("completed", 5, 313), ("completed", 10, 68), ("completed", 12, 11), ("withdrawn", 3, 17), ("stopped", 3, 5),
        (nil, 0, 85),
      ]
    ),
    (
      "Cấp huyện",
      [
        ("completed", 5, 717), ("completed", 10, 123), ("completed", 12, 241), ("withdrawn", 3, 24), ("stopped", 3, 17),
        (nil, 0, 888),
      ]
    ),
    ("Cấp xã", [("completed", 5, 363), ("completed", 10, 35), ("completed", 12, 22), (nil, 0, 153)]),
  ]

  /// The dossier, and the step that ends it.
  private func dossier(_ number: Int, _ unit: String, _ status: String?, _ day: Int) -> [MessageRecord] {
    let code = DossierCode("H18.1-190920-\(number)")
    var first = samples.message(code, body: "\(number)", to: ["portal"], at: received)
    first.fields.status = "accepted"
    first.fields.appointedAt = received + .seconds(10 * 86_400)
    first.facts = CaseFacts(unit: unit, channel: "online", takenAt: received)
    guard let status else { return [first] }
    var last = samples.message(code, body: "\(number) \(status)", to: ["portal"], at: received + .seconds(30 * 86_400))
    last.fields.status = status
    // Told a month later; the message says when it was.
    last.facts = CaseFacts(reachedAt: received + .seconds(day * 86_400))
    return [first, last]
  }

  private func report(_ words: String...) -> ProgramRun {
    ProgramRun([TestFiles.program("lienthong"), "report", "--data", folder.path] + words)
  }

  @Test("shows the published table, with every percentage and its whole")
  func table() throws {
    let run = report("--period", "2019-09-18/2019-10-09")
    #expect(run.exitCode == 0, "\(run.errorText)")
    let rows = run.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    func cells(_ name: String) -> [String] {
      let count = name.split(separator: " ").count
      return rows.first { $0.prefix(count).joined(separator: " ") == name }.map { Array($0.dropFirst(count)) } ?? []
    }
    #expect(cells("Sở, ngành") == ["499", "0", "313", "68", "11", "17", "5", "0", "0", "85", "97,19", "%"])
    #expect(cells("Cấp huyện") == ["2010", "0", "717", "123", "241", "24", "17", "0", "0", "888", "77,71", "%"])
    #expect(cells("Cấp xã") == ["573", "0", "363", "35", "22", "0", "0", "0", "0", "153", "94,76", "%"])
    #expect(cells("all") == ["3082", "0", "1393", "226", "274", "41", "22", "0", "0", "1126", "85,53", "%"])
    #expect(run.text.contains("0 of 3082") && run.text.contains("averageTime"), "\(run.text)")
  }

  @Test("is a table for spreadsheets, a text for programs and a picture, with the same figures")
  func forms() throws {
    let csv = report("--period", "2019", "--csv").text.split(separator: "\r\n")
    #expect(
      csv[0] == "agency,received,carriedOver,early,onTime,late,withdrawn,stopped,notAccepted,openInTime,openLate,inTime"
    )
    #expect(csv.contains("\"Cấp xã\",573,0,363,35,22,0,0,0,0,153,\"94,76 %\""), "\(csv)")
    let json = try JSONDocument(parsing: report("--period", "2019-Q3", "--by", "month", "--json").output).root
    #expect(json["rows"]?.count == 1 && json["rows"]?[0]?["name"]?.string == "2019-09")
    // At the end of September the dossiers of the tenth day are done, those of the twelfth are not.
    #expect(json["total"]?["onTime"]?.integer == 226 && json["total"]?["late"]?.integer == 0)
    let svg = report("--period", "2019", "--svg").text
    #expect(svg.hasPrefix("<svg ") && svg.ranges(of: "<title>").count == 15, "\(svg)")
    #expect(throws: Never.self) { try XMLDocument(parsing: Array(svg.utf8)) }
  }

  @Test("gives an agency's month or year as the statistics that an OpenCPS LGSP takes, and of no other period")
  func statistic() throws {
    let run = report("--period", "2019", "--mstatistic", "Cấp xã", "--agency-name", "Ủy ban nhân dân các xã")
    #expect(run.exitCode == 0, "\(run.errorText)")
    let document = try XMLDocument(parsing: run.output)
    let schema = try XMLSchema(contentsOf: TestFiles.projectRoot + "/Schemas/oc-lgsp/1/lgsp.xsd")
    #expect(schema.validate(document).isEmpty)
    let root = try #require(document.root)
    let figures = root.elements.map { "\($0.localName) \($0.text)" }
    #expect(
      figures == [
        "Month 0", "Year 2019", "IsMonthStatistic false", "NewReception 573", "PreExtisting 0", "Total 573",
        "TotalSolved 420", "SolvedInTime 398", "SolvedInTimePercent 94.76", "SolvedLate 22", "SolvedLatePercent 5.24",
        "TotalPending 153", "Pending 0", "PendingLate 153", "PendingLatePercent 100.00", "PendingPercent 0.00", "Note ",
        "OrganizationInchargeIdlevel1 Cấp xã", "OrganizationInchargeName Ủy ban nhân dân các xã",
      ])
    let month = report("--period", "2019-09", "--mstatistic", "Cấp xã")
    #expect(month.text.contains("<Month>9</Month>") && month.text.contains("<IsMonthStatistic>true<"), "\(month.text)")
    for words in [
      ["2019-Q3", "--mstatistic", "Cấp xã"], ["2019-09-01/2019-10-31", "--mstatistic", "Cấp xã"],
      ["2019", "--mstatistic", "Không có"], ["2019", "--mstatistic", "Cấp xã", "--by", "month"],
    ] {
      let refused = ProgramRun(
        [TestFiles.program("lienthong"), "report", "--data", folder.path, "--period"] + words)
      #expect(refused.exitCode == 2 && !refused.errorText.isEmpty, "\(words)")
    }
  }

  @Test("counts what was open before as carried over, and refuses a call it cannot use")
  func carriedOver() throws {
    let json = try JSONDocument(parsing: report("--period", "2019-10", "--json").output).root
    #expect(json["total"]?["received"]?.integer == 0 && json["total"]?["carriedOver"]?.integer == 274 + 1_126)
    #expect(report("--period", "soon").exitCode == 2 && report().exitCode == 2)
    #expect(report("--period", "2019", "--by", "owner").exitCode == 2)
  }
}
