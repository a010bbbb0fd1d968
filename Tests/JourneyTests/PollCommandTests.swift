import DossierModel
import DossierStore
import GatewayTesting
import JSONKit
import ServiceKit
import Testing

@Suite("The command line: partners that are asked", .timeLimit(.minutes(2)))
struct PollCommandTests {
  private let folder = TemporaryFolder()

  private func run(_ arguments: String...) -> ProgramRun {
    ProgramRun([TestFiles.program("lienthong"), "poll"] + arguments + ["--data", folder.path])
  }

  /// Two polls, of which one fails and keeps two items.
  private func fill() throws {
    let now = SystemTimeSource().now()
    let store = try SQLDossierStore(.sqlite(path: folder.path + "/lienthong.sqlite"), at: now)
    defer { store.close() }
    let list = PollID("dvclt", "danh-sach")
    var round = PollReport(
      try #require(try store.claimAndWait(list, at: now)), at: now, place: PollPlace(cursor: "con-tro-7"))
    round.taken = 3
    round.refused = [
      .init(
        PollItem(poll: list, name: "778812", type: "dvclt/chi-tiet", bytes: Array("{\"rác\": 1}".utf8)),
        fault: .invalid,
        note: "the message breaks 1 rule(s); /data required"),
      .init(PollItem(poll: list, name: "778813", bytes: Array("<".utf8)), fault: .malformed, note: ""),
    ]
    round.end = .failed(.unreadableAnswer, note: "HTTP 200, the answer is no json")
    round.due = now + .seconds(3_600)
    #expect(try store.reportAndWait(round))
    let other = PollID("vnpost", "hanh-trinh")
    var good = PollReport(try #require(try store.claimAndWait(other, at: now)), at: now, place: PollPlace())
    good.end = .done
    good.due = now + .seconds(300)
    #expect(try store.reportAndWait(good))
  }

  @Test("through a site, polls that it does not configure any more are marked, and they alone can be forgotten")
  func forgotten() throws {
    try fill()
    let site = TestSite()
    TestFiles.write(
      """
      party: dvclt
      name: DVCLT (thử)
      receives:
        profile: dvclt
        address: http://127.0.0.1:9
        secrets: { username: "file:secrets/ten", password: "file:secrets/mk" }
        polls: { danh-sach: {} }

      """, to: site.site + "/parties/dvclt.yaml")
    #expect(!run().text.contains("not configured"), "a data folder alone does not tell")
    let list = run("--site", site.site)
    #expect(list.lines.count == 5, "\(list.text)\(list.errorText)")
    #expect(list.lines.last?.contains("not configured any more") == true)
    func isConfigured() throws -> [Bool?] {
      try JSONDocument(parsing: run("list", "--json", "--site", site.site).output).root.elements.map {
        $0["isConfigured"]?.boolean
      }
    }
    #expect(try isConfigured() == [true, false])
    #expect(run("forget", "vnpost", "hanh-trinh", "--reason", "bỏ").exitCode == 2, "no site says that it may be")
    #expect(run("forget", "dvclt", "danh-sach", "--reason", "bỏ", "--site", site.site).exitCode == 1)
    #expect(run("forget", "vnpost", "hanh-trinh", "--site", site.site).exitCode == 2, "a reason is missing")
    #expect(run("forget", "vnpost", "hanh-trinh", "--reason", "bỏ", "--site", site.site).exitCode == 0)
    #expect(run("forget", "vnpost", "hanh-trinh", "--reason", "bỏ", "--site", site.site).exitCode == 1)
    #expect(try isConfigured() == [true])
  }

  @Test(
    "poll shows how each stands, and items what could not be taken; orders are carried out and stand in the journal")
  func poll() throws {
    try fill()
    let list = run()
    #expect(list.exitCode == 0 && list.lines.count == 4, "\(list.text)\(list.errorText)")
    for part in [
      "con-tro-7", "failed 1 time(s)", "unreadableAnswer; HTTP 200, the answer is no json", "never", "in 59",
    ] {
      #expect(list.text.contains(part), "\(part) in \(list.text)")
    }
    #expect(run("--party", "vnpost").lines.count == 2)
    let rows = try JSONDocument(parsing: run("list", "--json").output).root
    #expect(
      rows[0]?["failures"]?.integer == 1 && rows[0]?["keptItems"]?.integer == 2 && rows[1]?["failures"]?.integer == 0)

    let items = run("items")
    #expect(
      items.exitCode == 0 && items.text.contains("778812") && items.text.contains("/data required"), "\(items.text)")
    let numbers = try JSONDocument(parsing: run("items", "--json").output).root.elements.compactMap {
      $0["item"]?.integer
    }
    #expect(numbers.count == 2)
    let first = String(numbers[0])
    #expect(run("item", first, "--bytes").text == "{\"rác\": 1}")
    #expect(run("item", "999").exitCode == 1)

    #expect(run("now", "dvclt").exitCode == 2, "a reason is missing")
    #expect(run("now", "khac", "--reason", "thử").exitCode == 1)
    #expect(run("now", "dvclt", "--reason", "cổng đã sửa", "--as", "lan").exitCode == 0)
    #expect(run("list", "--party", "dvclt").text.contains(" now "))
    #expect(run("again", first, "--reason", "bảng mã đã đủ").exitCode == 0)
    #expect(run("item", first).text.contains("about to go down the line again"))
    #expect(run("again", "--all", "--reason", "bảng mã đã đủ").text.contains("2 done"))
    #expect(
      run("drop", first, "--reason", "trùng").exitCode == 0 && run("drop", first, "--reason", "trùng").exitCode == 1)
    #expect(try JSONDocument(parsing: run("items", "--json").output).root.count == 1)
    #expect(run("khac").exitCode == 2)
  }
}
