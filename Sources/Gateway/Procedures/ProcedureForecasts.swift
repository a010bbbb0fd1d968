import DossierModel
import DossierStore
import Orchestration
import ServiceKit
import ThreadKit

/// Looks ahead at steps that are due soon, and has the conductor tell of those that will not make it.
struct ProcedureForecasts {
  /// Steps due within this time are looked at.
  static let horizon = Duration.seconds(2 * 86_400)
  /// Procedures looked at in one turn, those due first.
  static let limit = 1_000
  /// Deliveries of one dossier to one destination that are counted.
  static let streamLimit = 100

  private let procedures: ConductedProcedures
  private let ledger: any ProcedureLedger & DossierReader

  init(_ procedures: ConductedProcedures, over ledger: any ProcedureLedger & DossierReader) {
    self.procedures = procedures
    self.ledger = ledger
  }

  /// How many procedures were told something about.
  @discardableResult
  func look(at now: Timestamp) throws(StoreError) -> Int {
    let soon = try ledger.dueProcedures(at: now + Self.horizon, limit: Self.limit)
    guard !soon.isEmpty else { return 0 }
    var paces: [PartyID: DeliveryPace] = [:]
    for pace in try ledger.deliveryPaces(at: now) { paces[pace.destination] = pace }
    var answers = AnswerTimes(try ledger.recentProcedureEvents(limit: AnswerTimes.looksBack))
    let results = ResultGroup<Bool, StoreError>()
    for dossier in soon {
      guard let stored = try ledger.procedure(knownAs: [dossier], to: nil),
        let instance = ConductedState(json: stored.state)?.instance,
        let machine = procedures[instance.procedure]
      else { continue }
      let late = try forecasts(of: dossier, instance, machine, paces, &answers, at: now)
      if !late.isEmpty { ledger.conduct(ConductOrder(dossier, .forecast(late), at: now), then: results.begin()) }
    }
    var told = 0
    for result in results.wait() where try result.get() { told += 1 }
    return told
  }

  /// Those that are expected too late and of which nobody was told.
  private func forecasts(
    of dossier: DossierCode, _ instance: ProcedureInstance, _ machine: ProcedureMachine,
    _ paces: [PartyID: DeliveryPace],
    _ answers: inout AnswerTimes, at now: Timestamp
  ) throws(StoreError) -> [StepForecast] {
    var found: [StepForecast] = []
    let dues = [instance.isForecastLate || instance.isLate ? nil : instance.dueAt].compactMap { $0 }
    for (step, record) in instance.steps.sorted(by: { $0.key < $1.key }) where record.state == .active {
      let own = [record.isForecastLate || record.isLate ? nil : record.dueAt].compactMap { $0 }
      guard let due = (own + dues).min(), let agency = record.agency,
        let position = try position(of: step, record, dossier)
      else { continue }
      let time = machine.agencyTime(of: step)
      let outlook = StepOutlook(
        position: position, pace: paces[agency], answerTime: answers.usual(of: step, at: agency, in: time),
        agencyTime: time)
      guard let expected = outlook.expectedAt(now), expected > due else { continue }
      found.append(
        StepForecast(
          step: step.text, round: record.round, expectedAt: expected, holder: outlook.holder(now, due: due)))
    }
    return found
  }

  /// Nil where nothing was sent.
  private func position(
    of step: StepID, _ record: StepRecord, _ dossier: DossierCode
  ) throws(StoreError) -> StepOutlook.Position? {
    if let arrived = record.deliveredAt { return .withAgency(since: arrived) }
    let name = ConductedState.sendName(step, record.round)
    if let arrived = try ledger.procedureArrivals(of: dossier)[name] { return .withAgency(since: arrived) }
    guard
      let output = try ledger.procedureOutputs(of: dossier).first(where: {
        $0.name == name && $0.destination == record.agency
      }), !output.state.releasesSuccessors, let sentAt = record.sentAt
    else { return nil }
    return try underWay(output.delivery, since: sentAt)
  }

  /// What waits stands behind the others of its stream, the first of which alone moves.
  private func underWay(_ id: DeliveryID, since: Timestamp) throws(StoreError) -> StepOutlook.Position? {
    guard let standing = try ledger.standing(of: id) else { return nil }
    guard standing.delivery.state == .waiting, let predecessor = standing.predecessor,
      let first = try ledger.standing(of: predecessor.id),
      let position = StepOutlook.Position(first, since: since)
    else { return StepOutlook.Position(standing, since: since) }
    let stream = DeliverySelection(destination: standing.delivery.destination, dossier: standing.dossier)
    let before = try ledger.standings(stream, limit: Self.streamLimit).count { $0.delivery.id < id }
    return position.behind(before)
  }
}
