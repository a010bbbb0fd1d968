import DossierModel
import ServiceKit
import Statistics
import Testing

@testable import DossierStore
@testable import Management

@Suite("What the ledger says of a dossier that is conducted")
struct LedgerCasesTests {
  private let t0 = Timestamp(seconds: 1_790_000_000)

  private func message(_ status: String, from sender: PartyID, ofStep: Bool = false, at second: Int) -> CaseMessage {
    CaseMessage(
      dossier: "H1", sender: sender, procedure: "2.002621", status: status, appointedAt: nil,
      receivedAt: t0 + .seconds(second), facts: CaseFacts(field: ofStep ? "của bước" : "G15"), isSynchronised: ofStep,
      isOfStep: ofStep)
  }

  @Test("an agency that is done ends nothing; the procedure's end does, and a supplement is the whole's")
  func whole() throws {
    let messages = [
      message("accepted", from: "mot-cua", at: 0), message("completed", from: "ho-tich", ofStep: true, at: 1),
      message("processing", from: "cong-an", ofStep: true, at: 2),
    ]
    let running = try #require(LedgerCases.case(of: messages))
    #expect(running.facts.statuses.map(\.status) == [.accepted] && running.facts.latestStatus == .accepted)
    #expect(running.facts.field == "G15" && running.facts.isSynchronised && running.sender == "mot-cua")
    #expect(CaseAnomaly.found(in: running.facts).isEmpty)
    func ended(_ words: (String, Int)...) -> DossierCase? {
      LedgerCases.case(
        of: messages, conducted: words.map { CasePage.ConductedWord(at: t0 + .seconds($0.1), word: $0.0) })?.facts
    }
    let facts = try #require(
      ended(
        ("inform.supplementRequested", 3), ("supplemented", 4), ("inform.refused", 5), ("inform.ended.completed", 9)))
    #expect(facts.statuses.map(\.status) == [.accepted, .supplementRequested, .processing, .completed])
    #expect(facts.statuses.last?.at == t0 + .seconds(9))
    #expect(ended(("inform.ended.refused", 3))?.latestStatus == .stopped)
    #expect(ended(("inform.ended.withdrawn", 3))?.latestStatus == .withdrawn)
    let posted = try #require(ended(("inform.onItsWay", 3), ("inform.ended.completed", 8)))
    #expect(posted.statuses.map(\.status) == [.accepted, .completed, .returned])
  }

  @Test(
    "what an agency issues in its step is the dossier's result; of agencies that have no place for one, none is missed")
  func results() throws {
    func ended(_ marks: ServiceMarks) throws -> [CaseAnomaly] {
      var step = message("completed", from: "ho-tich", ofStep: true, at: 1)
      step.facts.marks = marks
      let one = try #require(
        LedgerCases.case(
          of: [message("accepted", from: "mot-cua", at: 0), step],
          conducted: [CasePage.ConductedWord(at: t0 + .seconds(9), word: "inform.ended.completed")]))
      return CaseAnomaly.found(in: one.facts)
    }
    #expect(try ended([]) == [.completedWithoutResult])
    #expect(try ended(.result) == [] && ended(.noPlaceForResults) == [])
  }

  @Test("an appointment that an agency gave in its step counts when the procedure has told it, and the latest stands")
  func appointments() throws {
    let (own, first, second) = (t0 + .seconds(1_000), t0 + .seconds(2_000), t0 + .seconds(3_000))
    func step(_ appointedAt: Timestamp, at second: Int) -> CaseMessage {
      var step = message("accepted", from: "mot-cua-xa", ofStep: true, at: second)
      step.appointedAt = appointedAt
      return step
    }
    var dossier = message("accepted", from: "mot-cua", at: 0)
    dossier.appointedAt = own
    let messages = [dossier, step(first, at: 1), step(second, at: 5)]
    func appointed(_ words: (String, Int)...) throws -> Timestamp? {
      try #require(
        LedgerCases.case(
          of: messages, conducted: words.map { CasePage.ConductedWord(at: t0 + .seconds($0.1), word: $0.0) })
      ).facts.appointedAt
    }
    #expect(try appointed() == own)
    #expect(try appointed(("inform.accepted", 2)) == first)
    #expect(try appointed(("inform.accepted", 0), ("inform.ended.completed", 9)) == own)
    #expect(try appointed(("inform.appointed", 1), ("inform.appointed", 5)) == second)
  }

  @Test("of the same status told by two, one that could have told a result counts")
  func toldTwice() throws {
    var mute = message("completed", from: "so", at: 1)
    mute.facts.marks = .noPlaceForResults
    let both = try #require(LedgerCases.case(of: [mute, message("completed", from: "mot-cua", at: 2)]))
    #expect(CaseAnomaly.found(in: both.facts) == [.completedWithoutResult])
    #expect(CaseAnomaly.found(in: try #require(LedgerCases.case(of: [mute])).facts) == [])
  }

  @Test("what an agency says under a code of its own is no dossier of its own")
  func ownCode() {
    #expect(LedgerCases.case(of: [message("completed", from: "ho-tich", ofStep: true, at: 1)]) == nil)
  }
}
