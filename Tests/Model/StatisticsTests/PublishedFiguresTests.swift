import DossierModel
import ServiceKit
import Statistics
import Testing

/// What Điện Biên published on 09/10/2019, made anew as dossiers and counted.
@Suite("The published figures of Điện Biên")
struct PublishedFiguresTests {
  private struct Published {
    let agency: String
    let received, early, onTime, late, withdrawn, stopped: Int
  }

  private static let published = [
    Published(agency: "Sở, ngành", received: 499, early: 313, onTime: 68, late: 11, withdrawn: 17, stopped: 5),
    Published(agency: "Cấp huyện", received: 2_010, early: 717, onTime: 123, late: 241, withdrawn: 24, stopped: 17),
    Published(agency: "Cấp xã", received: 573, early: 363, onTime: 35, late: 22, withdrawn: 0, stopped: 0),
  ]

  /// Dossiers whose statuses have exactly these outcomes.
  private func report() throws -> CaseReport {
    var report = CaseReport(try #require(Period("2019-09-18/2019-10-09")), by: .agency)
    let received = try Timestamp(rfc3339: "2019-09-20T09:00:00+07:00")
    func add(_ agency: String, _ status: DossierStatus?, day: Int, times: Int) {
      var one = DossierCase(agency: agency, receivedAt: received, appointedAt: received + .seconds(10 * 86_400))
      one.statuses = [.init(.accepted, at: received)]
      if let status { one.statuses.append(.init(status, at: received + .seconds(day * 86_400))) }
      for _ in 0..<times { report.add(one) }
    }
    for row in Self.published {
      add(row.agency, .completed, day: 5, times: row.early)
      add(row.agency, .completed, day: 10, times: row.onTime)
      add(row.agency, .completed, day: 12, times: row.late)
      add(row.agency, .withdrawn, day: 3, times: row.withdrawn)
      add(row.agency, .stopped, day: 3, times: row.stopped)
      let ended = row.early + row.onTime + row.late + row.withdrawn + row.stopped
      add(row.agency, nil, day: 0, times: row.received - ended)
    }
    return report
  }

  @Test("come out of the report as they were printed, and balance")
  func table() throws {
    let report = try report()
    for row in Self.published {
      let counts = try #require(report.rows[row.agency])
      #expect(counts.received == row.received && counts.carriedOver == 0)
      #expect(counts.count(.solved, .early) == row.early && counts.count(.solved, .onTime) == row.onTime)
      #expect(counts.count(.solved, .late) == row.late)
      #expect(counts.count(.withdrawn) == row.withdrawn && counts.count(.stopped) == row.stopped)
      #expect(Form06(counts).isBalanced)
    }
    let total = report.total
    #expect(total.received == 3_082 && total.count(.solved) == 1_893 && total.pending == 1_126)
    #expect(total.count(.solved, .early) == 1_393 && total.count(.solved, .onTime) == 226)
  }

  @Test(
    "each printed share names the whole that gives it; one rule does not give both, and the province's nothing gives")
  func shares() throws {
    let rows = try report().rows
    let (departments, districts) = (try #require(rows["Sở, ngành"]), try #require(rows["Cấp huyện"]))
    #expect(ShareBasis.reproducing("76,5 %", part: 313, of: departments) == [.solvedAndWithdrawn])
    #expect(ShareBasis.solvedAndWithdrawn.whole(departments) == 409)
    #expect(ShareBasis.reproducing("66 %", part: 717, of: districts) == [.solved])
    #expect(ShareBasis.solved.whole(districts) == 1_081)
    #expect(!ShareBasis.isPossible("81,82 %", part: 1_969), "no whole prints it, so it stays a printed value")
    #expect(ShareBasis.isPossible("76,5 %", part: 313) && ShareBasis.isPossible("66 %", part: 717))
  }

  @Test("the rates of early and on time, with the whole they are of")
  func derived() throws {
    let report = try report()
    func rate(_ counts: CaseCounts) -> String? {
      Share(counts.count(.solved) - counts.count(.solved, .late), of: ShareBasis.solved.whole(counts)).percent()
    }
    #expect(Self.published.map { report.rows[$0.agency].flatMap(rate) } == ["97,19 %", "77,71 %", "94,76 %"])
    #expect(rate(report.total) == "85,53 %")
  }
}
