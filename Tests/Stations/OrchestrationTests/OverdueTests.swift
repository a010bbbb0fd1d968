import DossierModel
import Orchestration
import ServiceKit
import Testing

@Suite("Whose time a lateness is")
struct OverdueTests {
  private func moment(_ text: String) throws -> Timestamp { try Procedures.moment(text) }

  private func overdue(due: String, end: String, _ underWay: (String, String)...) throws -> Overdue? {
    Overdue(
      due: try moment(due), end: try moment(end),
      underWay: try underWay.map { try moment($0.0)..<moment($0.1) })
  }

  @Test("what was under way after the deadline is transport's, the rest the agency's; what is in time is nobody's")
  func split() throws {
    let hour = Duration.seconds(3_600)
    #expect(try overdue(due: "16 17:00", end: "16 17:00") == nil)
    #expect(try overdue(due: "16 17:00", end: "16 16:00", ("16 09:00", "16 16:00")) == nil)
    #expect(
      try overdue(due: "16 17:00", end: "16 20:00", ("16 09:00", "16 10:00"))
        == Overdue(transport: .zero, agency: hour * 3))
    #expect(
      try overdue(due: "16 17:00", end: "16 20:00", ("16 09:00", "16 18:00"))
        == Overdue(transport: hour, agency: hour * 2))
    #expect(
      try overdue(due: "16 17:00", end: "16 20:00", ("16 09:00", "16 20:00"))
        == Overdue(transport: hour * 3, agency: .zero))
    // Two at the same time are counted once.
    #expect(
      try overdue(due: "16 17:00", end: "16 20:00", ("16 09:00", "16 18:00"), ("16 17:30", "16 19:00"))
        == Overdue(transport: hour * 2, agency: hour))
  }

  private static let steps = """
      mot: { title: Một, agency: a, time: { term: 8 workingHours, begin: moment } }
      hai: { title: Hai, agency: b, after: [mot], time: { term: 8 workingHours, begin: moment } }
    """

  private func one() throws -> Conducted {
    try Conducted(Procedures.definition(Self.steps, time: "{ term: 2 workingDays }"), at: "16 09:00")
  }

  @Test("a deadline that passes while the dossier is under way is transport's, and the agency's once it has it")
  func kinds() throws {
    var underWay = try one()
    #expect(try underWay.take(.clock, at: "17 09:00") == [.alarm(.late("mot", .transport))])
    try underWay.take(.delivered("mot", round: 1), at: "17 10:00")
    try underWay.take(.answered("mot", .done(results: [:])), at: "17 13:30")
    let hour = Duration.seconds(3_600)
    #expect(underWay.instance["mot"].overdue == Overdue(transport: hour, agency: hour * 3 + .seconds(1_800)))
    var there = try one()
    try there.take(.delivered("mot", round: 1), at: "16 09:05")
    #expect(try there.take(.clock, at: "17 09:00") == [.alarm(.late("mot", .agency))])
    #expect(there.instance["mot"].overdue(at: try moment("17 11:00")) == Overdue(transport: .zero, agency: hour * 2))
  }

  @Test("the whole is transport's while nobody has it, and keeps whose time it was when it ends")
  func whole() throws {
    var play = try one()
    try play.take(.delivered("mot", round: 1), at: "16 09:05")
    try play.take(.answered("mot", .done(results: [:])), at: "18 15:00")
    #expect(try play.take(.clock, at: "18 17:00") == [.alarm(.late(nil, .transport))])
    try play.take(.delivered("hai", round: 1), at: "18 19:00")
    try play.take(.answered("hai", .done(results: [:])), at: "18 20:00")
    #expect(play.instance.outcome == .completed)
    #expect(play.instance.overdue == Overdue(transport: .seconds(7_200), agency: .seconds(3_600)))
    #expect(play.instance["hai"].overdue == nil, "its own time was not over")
  }

  @Test("that it cannot make it is told once of a step and once of the whole, and again after the next round began")
  func forecast() throws {
    var play = try one()
    let late = try moment("17 12:00")
    #expect(
      try play.take(.forecast("mot", round: 1, moment("17 09:00"), .transport), at: "16 10:00") == [],
      "due at that moment, it makes it")
    #expect(
      try play.take(.forecast("mot", round: 1, late, .transport), at: "16 10:00")
        == [.alarm(.cannotMakeIt("mot", late, .transport))])
    #expect(play.instance["mot"].isForecastLate && !play.instance.isForecastLate)
    #expect(try play.take(.forecast("mot", round: 1, late, .transport), at: "16 11:00") == [])
    let later = try moment("19 09:00")
    #expect(
      try play.take(.forecast("mot", round: 1, later, .agency), at: "16 11:00")
        == [.alarm(.cannotMakeIt(nil, later, .agency))], "the whole is due on the 18th")
    #expect(try play.take(.forecast("mot", round: 2, later, .agency), at: "16 11:00") == [])
    #expect(try play.take(.forecast("hai", round: 1, later, .agency), at: "16 11:00") == [], "it has not begun")
  }
}
