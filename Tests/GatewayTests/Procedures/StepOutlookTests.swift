import CryptographyKit
import Deadlines
import DocumentKit
import DossierModel
import GatewayTesting
import Orchestration
import ServiceKit
import Testing

@testable import DossierStore
@testable import Gateway

@Suite("When a step is to be expected")
struct StepOutlookTests {
  private let now = Timestamp(seconds: 1_800_000_000)
  private let hour = Duration.seconds(3_600)

  private func pace(_ delivered: Int, over: Duration) -> DeliveryPace {
    DeliveryPace(destination: "so", delivered: delivered, over: over)
  }

  @Test(
    "what goes before it and the destination's pace say when it arrives, and its agency's usual time when it is answered"
  )
  func underWay() {
    // 60 in an hour is one a minute: the 120th arrives in two hours.
    let outlook = StepOutlook(
      position: .underWay(ahead: 119, since: now), pace: pace(60, over: hour), answerTime: .seconds(1_800))
    #expect(outlook.expectedAt(now) == now + .seconds(2 * 3_600 + 1_800))
    let alone = StepOutlook(position: .underWay(ahead: 0, since: now), pace: pace(2, over: hour), answerTime: nil)
    #expect(alone.expectedAt(now) == now + .seconds(1_800))
  }

  @Test("what waits for a destination that took nothing for an hour is expected to wait as long again")
  func nothingTaken() {
    let stuck = StepOutlook(position: .underWay(ahead: 0, since: now - hour * 3), pace: nil, answerTime: hour)
    #expect(stuck.expectedAt(now) == now + hour * 4)
    let fresh = StepOutlook(position: .underWay(ahead: 0, since: now - .seconds(60)), pace: nil, answerTime: hour)
    #expect(fresh.expectedAt(now) == now + hour, "a minute without a delivery says nothing")
    let unknown = StepOutlook(position: .underWay(ahead: 9, since: now), pace: nil, answerTime: nil)
    #expect(unknown.expectedAt(now) == nil)
  }

  @Test("an agency that has it is expected to take as long as usual, from when it came")
  func withAgency() {
    let position = StepOutlook.Position.withAgency(since: now - hour * 5)
    #expect(StepOutlook(position: position, answerTime: hour * 8).expectedAt(now) == now + hour * 3)
    #expect(StepOutlook(position: position, answerTime: hour).expectedAt(now) == now, "it is expected any moment")
    #expect(StepOutlook(position: position).expectedAt(now) == nil)
  }

  @Test("it is transport's time where the agency could still make it if it had the dossier now")
  func holder() {
    let waiting = StepOutlook(
      position: .underWay(ahead: 119, since: now), pace: pace(60, over: hour), answerTime: hour)
    #expect(waiting.holder(now, due: now + hour) == .transport)
    #expect(waiting.holder(now, due: now + hour - .seconds(1)) == .agency)
    #expect(StepOutlook(position: .withAgency(since: now), answerTime: hour).holder(now, due: now + hour) == .agency)
  }

  @Test("what is held, or stands behind what is held, waits for somebody, however fast the destination is")
  func stopped() {
    let held = StepOutlook(position: .stopped(since: now - hour * 3), pace: pace(3_600, over: hour), answerTime: hour)
    #expect(held.expectedAt(now) == now + hour * 4)
    #expect(held.holder(now, due: now + hour) == .transport)
    let fresh = StepOutlook(position: .stopped(since: now - .seconds(60)), pace: pace(3_600, over: hour))
    #expect(fresh.expectedAt(now) == nil, "somebody may let it go any moment")
  }

  private func standing(_ state: DeliveryState, due: Timestamp? = nil, place: QueuePlace? = nil) -> DeliveryStanding {
    let delivery = StoredDelivery(
      id: DeliveryID(1), destination: "so", type: "rest/dossier", state: state, attempts: 0, createdAt: now, due: due)
    return DeliveryStanding(
      delivery: delivery, dossier: "H1", message: MessageID(UUIDv7Generator().next()), predecessor: nil, place: place)
  }

  @Test("a delivery stands by its turn, by when it is tried, or with an operator; what is done stands nowhere")
  func positions() {
    func position(_ state: DeliveryState) -> StepOutlook.Position? {
      StepOutlook.Position(
        standing(state, due: now + hour, place: QueuePlace(ahead: 3, failed: 2)), since: now)
    }
    #expect(position(.ready) == .underWay(ahead: 5, since: now))
    #expect(position(.ready)?.behind(4) == .underWay(ahead: 9, since: now))
    for state in [DeliveryState.deferred, .unknown] {
      #expect(position(state)?.behind(1) == .underWay(ahead: 1, since: now, notBefore: now + hour))
    }
    for state in [DeliveryState.inFlight, .awaitingReceipt, .waiting] {
      #expect(position(state) == .underWay(ahead: 0, since: now))
    }
    for state in [DeliveryState.held, .dead] { #expect(position(state)?.behind(7) == .stopped(since: now)) }
    for state in DeliveryState.allCases where state.releasesSuccessors { #expect(position(state) == nil, "\(state)") }
  }

  @Test("what is tried again later arrives no earlier")
  func triedAgain() {
    let later = StepOutlook(
      position: .underWay(ahead: 0, since: now, notBefore: now + hour * 2), pace: pace(3_600, over: hour),
      answerTime: hour)
    #expect(later.expectedAt(now) == now + hour * 3)
  }

  /// The clock of a step of `term` in a procedure without a time of its own.
  private func agencyTime(_ term: String, whole: String? = nil) throws -> AgencyTime {
    let text = """
      procedure: thu
      version: 1
      title: Thử
      \(whole.map { "time: { term: \($0) }" } ?? "level: 3")
      steps: { a: { title: A, agency: so\(term.isEmpty ? "" : ", time: { term: \(term) }") } }

      """
    let reader = ConfigurationReader(try YAMLDocument(parsing: text, file: "thu.yaml"))
    let definition = ProcedureDefinition(reading: reader.root)
    try reader.finish()
    let calendars = try CalendarCatalogue(folder: TestFiles.projectRoot + "/Deploy/calendars")
    let clock = try #require(ProcedureClock(definition, calendars: calendars))
    return ProcedureMachine(definition, clock: clock).agencyTime(of: "a")
  }

  private func moment(_ text: String) throws -> Timestamp { try Timestamp(rfc3339: "2026-11-\(text):00+07:00") }

  @Test("nights and days off are no time of an agency whose deadline is counted in working time")
  func workingTime() throws {
    let time = try agencyTime("2 workingDays")
    // Friday 16:00 to Monday 10:00: an hour on the one day, and what the office has worked on the other.
    let worked = time.passed(from: try moment("20T16:00"), to: try moment("23T10:00"))
    #expect(worked < hour * 5 && worked > hour * 2)
    let outlook = StepOutlook(
      position: .withAgency(since: try moment("20T16:00")), answerTime: worked, agencyTime: time)
    #expect(outlook.expectedAt(try moment("20T16:30")) == (try moment("23T10:00")))
    // On the wall it would have been answered on Saturday, in the night.
    let wall = StepOutlook(position: .withAgency(since: try moment("20T16:00")), answerTime: worked)
    #expect(try #require(wall.expectedAt(try moment("20T16:30"))) < (try moment("21T00:00")))
    // What is overdue by its usual time is expected when the office opens.
    let overdue = StepOutlook(position: .withAgency(since: try moment("16T09:00")), answerTime: hour, agencyTime: time)
    #expect(overdue.expectedAt(try moment("21T12:00")) == time.opening(from: try moment("23T00:00")))
    // Whether it could still be made is counted in the same time.
    let stuck = StepOutlook(position: .stopped(since: try moment("20T09:00")), answerTime: hour * 2, agencyTime: time)
    #expect(stuck.holder(try moment("20T16:30"), due: try moment("20T22:00")) == .agency)
    #expect(stuck.holder(try moment("20T14:30"), due: try moment("20T17:00")) == .transport)
  }

  @Test(
    "the agency's time is the step's, or the whole's, where that is in working time, and else the clock's on the wall",
    arguments: [
      ("8 workingHours", nil, false), ("2 workingDays", nil, false), ("12 days", nil, true), ("1 months", nil, true),
      ("", "5 workingDays", false), ("12 days", "5 workingDays", true), ("", nil, true),
    ] as [(String, String?, Bool)])
  func kinds(term: String, whole: String?, isWall: Bool) throws {
    let time = try agencyTime(term, whole: whole)
    let night = time.passed(from: try moment("20T20:00"), to: try moment("21T04:00"))
    #expect(night == (isWall ? hour * 8 : .zero) && time.name.isEmpty == isWall)
  }

  @Test("an agency's usual time is the middle one of those from arrival to its last word, for each step by itself")
  func answerTimes() {
    var number: Int64 = 0
    func event(_ word: String, _ dossier: DossierCode, _ seconds: Int, step: String = "a") -> StoredProcedureLine {
      number += 1
      return StoredProcedureLine(
        number: number, dossier: dossier,
        line: ConductedLine(
          at: now + .seconds(seconds), kind: .event, word: word, step: step, party: "so", text: ""))
    }
    var times = AnswerTimes([
      event("delivered", "1", 0), event("delivered", "2", 10), event("answered.taken", "1", 20),
      event("answered.done", "1", 100), event("answered.refused", "2", 40), event("delivered", "3", 50),
      event("answered.done", "3", 850), event("answered.done", "4", 900), event("delivered", "5", 0, step: "b"),
      event("answered.done", "5", 7, step: "b"), event("delivered", "6", 0),
    ])
    // 100, 30 and 800 seconds; 4 never arrived as far as is known, 6 is not answered.
    let (a, b) = (times.usual(of: "a", at: "so"), times.usual(of: "b", at: "so"))
    #expect(a == .seconds(100) && b == .seconds(7))
    let (other, unknown) = (times.usual(of: "a", at: "khac"), times.usual(of: "c", at: "so"))
    #expect(other == nil && unknown == nil)
  }
}
