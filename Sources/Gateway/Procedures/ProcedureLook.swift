import DossierModel
import DossierStore
import Orchestration
import ServiceKit

/// One look ahead: what is known at one moment of destinations and agencies, each looked up once for all procedures.
struct ProcedureLook {
  /// Deliveries of one dossier to one destination that are counted.
  static let streamLimit = 100

  private let ledger: any ProcedureLedger & DossierReader
  private let now: Timestamp
  private let paces: [PartyID: DeliveryPace]
  private var answers: AnswerTimes
  /// Of the destinations that were asked about so far.
  private var places: [PartyID: QueuePlaces] = [:]

  init(over ledger: any ProcedureLedger & DossierReader, at now: Timestamp) throws(StoreError) {
    self.ledger = ledger
    self.now = now
    paces = Dictionary(try ledger.deliveryPaces(at: now).map { ($0.destination, $0) }) { $1 }
    answers = AnswerTimes(try ledger.recentProcedureEvents(limit: AnswerTimes.looksBack))
  }

  /// The steps that are expected too late and of which nobody was told.
  mutating func forecasts(
    of dossier: DossierCode, _ instance: ProcedureInstance, _ machine: ProcedureMachine
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
  private mutating func position(
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
  private mutating func underWay(
    _ id: DeliveryID, since: Timestamp
  ) throws(StoreError) -> StepOutlook.Position? {
    guard let standing = try standing(of: id) else { return nil }
    guard standing.delivery.state == .waiting, let predecessor = standing.predecessor,
      let first = try self.standing(of: predecessor.id),
      let position = StepOutlook.Position(first, since: since)
    else { return StepOutlook.Position(standing, since: since) }
    let stream = DeliverySelection(destination: standing.delivery.destination, dossier: standing.dossier)
    let before = try ledger.standings(stream, limit: Self.streamLimit).count { $0.delivery.id < id }
    return position.behind(before)
  }

  /// An open delivery with its place; nil for one that is done. The store would count what goes before each anew.
  private mutating func standing(of id: DeliveryID) throws(StoreError) -> DeliveryStanding? {
    guard var standing = try ledger.standings(DeliverySelection(delivery: id), limit: 1).first else { return nil }
    guard standing.delivery.state == .ready else { return standing }
    let destination = standing.delivery.destination
    if places[destination] == nil { places[destination] = try ledger.places(towards: destination) }
    standing.place = places[destination]?[id]
    return standing
  }
}
