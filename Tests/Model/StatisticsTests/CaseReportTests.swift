import DossierModel
import ServiceKit
import Statistics
import Testing

@Suite("A report of dossiers")
struct CaseReportTests {
  @Test("counts what came in the period and what came before and was open, once, and balances")
  func balance() throws {
    var report = CaseReport(try Cases.november(), by: .agency)
    report.add(try Cases.one(due: "10", (.accepted, "02"), (.completed, "05")))
    report.add(try Cases.one(due: "10", (.accepted, "02"), (.withdrawn, "05")))
    report.add(try Cases.one(due: "10", (.accepted, "02")))
    var before = try Cases.one(due: "10", (.completed, "09"))
    before.receivedAt = try Timestamp(rfc3339: "2026-10-20T09:00:00+07:00")
    report.add(before)
    var gone = before
    gone.statuses = [DossierCase.StatusChange(.completed, at: try Timestamp(rfc3339: "2026-10-30T09:00:00+07:00"))]
    report.add(gone)
    var later = before
    later.receivedAt = try Timestamp(rfc3339: "2026-12-01T00:00:00+07:00")
    report.add(later)
    let form = Form06(report.total)
    #expect(form.newReception == 3 && form.preExisting == 1 && form.total == 4 && form.isBalanced)
    #expect(form.solvedInTime == 3 && form.solvedLate == 0 && form.pendingInTime == 0 && form.pendingLate == 1)
  }

  @Test("every group has the same sum, whatever the dossiers are", arguments: 1...50 as ClosedRange<UInt64>)
  func groups(seed: UInt64) throws {
    var chance = SeededGenerator(seed: seed)
    let cases = try (0..<60).map { _ in try random(&chance) }
    var totals: Set<Form06> = []
    for group in CaseReport.Group.allCases {
      var report = CaseReport(try Cases.november(), by: group)
      for one in cases { report.add(one) }
      for (key, counts) in report.rows { #expect(Form06(counts).isBalanced, "seed \(seed), \(group.rawValue) \(key)") }
      totals.insert(Form06(report.total))
    }
    #expect(totals.count == 1, "seed \(seed): \(totals)")
  }

  private func random(_ chance: inout SeededGenerator) throws -> DossierCase {
    let start = try Timestamp(rfc3339: "2026-10-01T00:00:00+07:00")
    func moment() -> Timestamp { start + .seconds(chance.number(below: 90 * 86_400)) }
    let received = moment()
    var one = DossierCase(
      agency: "a\(chance.number(below: 3))", level: ["province", "commune", nil][chance.number(below: 3)],
      procedure: chance.happens(0.5) ? "1.000001" : nil,
      channel: [.inPerson, .online, .post, nil][chance.number(below: 4)], receivedAt: received)
    if chance.happens(0.8) { one.appointedAt = moment() }
    for _ in 0..<chance.number(below: 4) {
      let status = DossierStatus.official[chance.number(below: DossierStatus.official.count)]
      one.statuses.append(.init(status, at: max(received, moment())))
    }
    return one
  }

  @Test(
    "a period is a year, a quarter, a month, a day or a span",
    arguments: [
      ("2026", "2026-01-01/2026-12-31"), ("2026-Q1", "2026-01-01/2026-03-31"), ("2024-02", "2024-02-01/2024-02-29"),
      ("2026-11-20", "2026-11-20"), ("2026-11-01/2026-11-20", "2026-11-01/2026-11-20"),
    ])
  func periods(text: String, expected: String) throws {
    #expect(Period(text)?.description == expected)
    for wrong in ["", "26", "2026-13", "2026-Q5", "2026-1", "2026-11-31", "2026-11-20/2026-11-01", "2026-11-01/"] {
      #expect(Period(wrong) == nil, "\(wrong)")
    }
    let day = try #require(Period("2026-11-20"))
    let inside = try ["20 00:00", "20 23:59"].map { try Cases.moment($0) }
    let outside = try ["21 00:00", "19 23:59"].map { try Cases.moment($0) }
    #expect(inside.allSatisfy(day.contains) && !outside.contains(where: day.contains))
  }
}
