import DossierModel
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
    let times = AnswerTimes([
      event("delivered", "1", 0), event("delivered", "2", 10), event("answered.taken", "1", 20),
      event("answered.done", "1", 100), event("answered.refused", "2", 40), event("delivered", "3", 50),
      event("answered.done", "3", 850), event("answered.done", "4", 900), event("delivered", "5", 0, step: "b"),
      event("answered.done", "5", 7, step: "b"), event("delivered", "6", 0),
    ])
    // 100, 30 and 800 seconds; 4 never arrived as far as is known, 6 is not answered.
    #expect(times.usual(of: "a", at: "so") == .seconds(100))
    #expect(times.usual(of: "b", at: "so") == .seconds(7))
    #expect(times.usual(of: "a", at: "khac") == nil && times.usual(of: "c", at: "so") == nil)
  }
}
