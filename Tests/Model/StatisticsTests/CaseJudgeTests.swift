import Deadlines
import DossierModel
import GatewayTesting
import ServiceKit
import Statistics
import Testing

/// The rules of QĐ 766's computation, each by cases counted by hand.
@Suite("Whether a dossier is in time")
struct CaseJudgeTests {
  private func verdict(_ one: DossierCase, judge: CaseJudge = CaseJudge()) throws -> String {
    let verdict = judge.judge(one, at: try Cases.november().end)
    let day = verdict.endedAt.map { " \(CivilDay($0, offset: .vietnam).day)" } ?? ""
    return "\(verdict.ending.rawValue) \(verdict.timeliness.rawValue)\(day)"
  }

  @Test("the end is the appointment or before it; a whole day before it is early")
  func appointment() throws {
    #expect(try verdict(Cases.one(due: "10 17:00", (.completed, "09"))) == "solved early 9")
    #expect(try verdict(Cases.one(due: "10 17:00", (.completed, "10 17:00"))) == "solved onTime 10")
    #expect(try verdict(Cases.one(due: "10 17:00", (.completed, "10 17:01"))) == "solved late 10")
  }

  @Test("of several terminal statuses the priority decides: completed, returned, stopped or not accepted, withdrawn")
  func priority() throws {
    #expect(
      try verdict(Cases.one(due: "10", (.accepted, "02"), (.returned, "12"), (.completed, "10"))) == "solved onTime 10")
    #expect(try verdict(Cases.one(due: "10", (.returned, "12"), (.stopped, "09"))) == "solved late 12")
    #expect(
      try verdict(Cases.one(due: "10", (.accepted, "02"), (.stopped, "09"), (.withdrawn, "08"))) == "stopped early 9")
    #expect(try verdict(Cases.one(due: "10", (.notAccepted, "03"))) == "notAccepted early 3")
  }

  @Test("a withdrawal ends what was accepted, and nothing else")
  func withdrawal() throws {
    #expect(try verdict(Cases.one(due: "10", (.accepted, "02"), (.withdrawn, "05"))) == "withdrawn early 5")
    #expect(try verdict(Cases.one(due: "10", (.registered, "02"), (.withdrawn, "05"))) == "pending late")
  }

  @Test("one request for a supplement without an end is the end; a second makes it late")
  func supplements() throws {
    #expect(try verdict(Cases.one(due: "10", (.accepted, "02"), (.supplementRequested, "08"))) == "pending onTime")
    #expect(try verdict(Cases.one(due: "10", (.accepted, "02"), (.supplementRequested, "12"))) == "pending late")
    #expect(
      try verdict(
        Cases.one(
          due: "20", (.supplementRequested, "04"), (.processing, "05"), (.supplementRequested, "06"), (.completed, "07")
        ))
        == "solved late 7")
  }

  @Test("without an end, the end of the period is compared; what comes behind it is not known yet")
  func pending() throws {
    #expect(try verdict(Cases.one(due: "30 23:59", (.accepted, "02"))) == "pending late")
    let december = try Timestamp(rfc3339: "2026-12-01T09:00:00+07:00")
    var one = try Cases.one((.accepted, "02"))
    one.appointedAt = december
    one.statuses.append(DossierCase.StatusChange(.completed, at: december))
    #expect(try verdict(one) == "pending onTime")
  }

  @Test(
    "without an appointment the longest time of the procedure counts, less the supplement; without that, nothing is late"
  )
  func longest() throws {
    let calendars = try CalendarCatalogue(folder: TestFiles.projectRoot + "/Deploy/calendars")
    let counter = DeadlineCounter(
      WorkCalendar(
        office: try #require(calendars.offices["standard"]), holidays: try #require(calendars.calendar("vietnam"))))
    let term = try #require(Term("3 workingDays"))
    let judge = CaseJudge { procedure in procedure == "1.000001" ? ProcedureTime(term, counter: counter) : nil }
    // Monday the 2nd; due on Thursday the 5th at 17:00.
    func judged(_ statuses: (DossierStatus, String)..., procedure: String = "1.000001") throws -> String {
      var one = try Cases.one(procedure: procedure)
      one.statuses = try statuses.map { DossierCase.StatusChange($0.0, at: try Cases.moment($0.1)) }
      return try verdict(one, judge: judge)
    }
    #expect(try judged((.completed, "05 17:00")) == "solved onTime 5")
    #expect(try judged((.completed, "06")) == "solved late 6")
    #expect(try judged((.supplementRequested, "03"), (.processing, "04"), (.completed, "06")) == "solved onTime 6")
    #expect(try judged((.completed, "30"), procedure: "9.999999") == "solved onTime 30")
  }

  @Test("what solved dossiers took stands beside what their procedure may take, whatever their appointment")
  func durations() throws {
    let calendars = try CalendarCatalogue(folder: TestFiles.projectRoot + "/Deploy/calendars")
    let counter = DeadlineCounter(
      WorkCalendar(
        office: try #require(calendars.offices["standard"]), holidays: try #require(calendars.calendar("vietnam"))))
    let term = try #require(Term("3 workingDays"))
    let judge = CaseJudge { procedure in procedure == "1.000001" ? ProcedureTime(term, counter: counter) : nil }
    var durations = ProcedureDurations(try Cases.november(), judge: judge)
    // Due on Thursday the 5th at 17:00 by the procedure; the appointment is later.
    durations.add(try Cases.one(due: "20", procedure: "1.000001", (.completed, "04")))
    durations.add(try Cases.one(due: "20", procedure: "1.000001", (.completed, "06")))
    durations.add(
      try Cases.one(procedure: "1.000001", (.supplementRequested, "03"), (.processing, "04"), (.completed, "06")))
    durations.add(try Cases.one(procedure: "1.000001", (.stopped, "30")))
    durations.add(try Cases.one(procedure: "9.999999", (.completed, "30")))
    #expect(durations.rows.keys.sorted() == ["1.000001"])
    let row = try #require(durations.rows["1.000001"])
    #expect(row.allowed.term == term && row.solved == 3 && row.exceeding == 1)
    // Two, four and four days.
    #expect(row.average == .seconds(86_400 * 10 / 3) && row.longest == .seconds(86_400 * 4))
  }
}
