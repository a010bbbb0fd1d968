import DossierModel
import Testing

@Suite("The words of a procedure's history")
struct ProcedureWordTests {
  @Test("say how the whole dossier stands, or nothing of it")
  func status() {
    let told = ProcedureWord.allCases.compactMap { word in word.status().map { "\(word.rawValue) \($0.rawValue)" } }
    #expect(
      told == [
        "supplemented processing", "paid processing", "inform.accepted accepted",
        "inform.supplementRequested supplementRequested", "inform.paymentRequested paymentRequested",
        "inform.onItsWay completed", "inform.ended.completed completed", "inform.ended.partlyCompleted completed",
        "inform.ended.refused stopped", "inform.ended.withdrawn withdrawn", "inform.ended.cancelled stopped",
      ])
  }

  @Test("what was only to be taken to the citizen has been returned when it ends")
  func onItsWay() {
    let changed = ProcedureWord.allCases.filter { $0.status() != $0.status(isOnItsWay: true) }
    #expect(changed == [.informEndedCompleted, .informEndedPartlyCompleted])
    #expect(changed.allSatisfy { $0.status(isOnItsWay: true) == .returned })
  }

  @Test("alarms are words of their own, by whose time it is")
  func alarms() {
    #expect(Holder.allCases.map { ProcedureWord.late($0).rawValue } == ["alarm.late.transport", "alarm.late.agency"])
    #expect(
      Holder.allCases.map { ProcedureWord.cannotMakeIt($0).rawValue }
        == ["alarm.cannotMakeIt.transport", "alarm.cannotMakeIt.agency"])
  }
}
