import DossierModel
import DossierStore
import Management
import ServiceKit
import Statistics
import Synchronization
import ThreadKit

/// Tells operators, beside the line and after the commit, when a message makes the course of its dossier look wrong. It corrects
/// nothing and keeps nobody waiting.
///
/// Each anomaly is a line of the log and counts once, with the message that brings it. What is not looked at because too much comes at
/// once, or because the gateway ends, is counted or lost here; the report and the comparison with the portal find it all the same.
final class AnomalyWatch: Service {
  /// A message that may have changed how its dossier looks.
  struct Arrival: Sendable {
    let dossier: DossierCode
    let sender: PartyID
    let status: String
    let receivedAt: Timestamp
  }

  /// Arrivals that wait to be looked at.
  static let waitingLimit = 10_000
  /// Messages of one dossier that are looked at; in one with more, later messages are not.
  static let messageLimit = 500
  /// How long arrivals gather: a thread that were woken for each would cost the line more than its look does.
  static let period = Duration.milliseconds(250)

  var name: String { thread.name }
  private let store: any DossierReader
  private let log: Log
  private let found: MetricFamily<Counter>
  private let passedOver: Counter
  private let arrivals = Mutex<[Arrival]>([])
  private let thread = ServiceThread("anomalies")

  init(store: any DossierReader, metrics: Metrics, log: Log) {
    self.store = store
    self.log = log
    found = metrics.counters(
      "lienthong_anomalies_total", "Messages after which their dossier looks wrong, by kind.", labels: ["anomaly"])
    passedOver = metrics.counter(
      "lienthong_anomalies_passed_over_total", "Messages not looked at for anomalies because too many came at once.")
  }

  func start() {
    thread.start { [self] in run() }
  }

  /// What waits is not looked at any more.
  func stop() {
    thread.stop()
  }

  /// Notes a message that was recorded; never waits.
  func note(_ record: MessageRecord) {
    guard let status = record.fields.status else { return }
    let arrival = Arrival(
      dossier: record.fields.code, sender: record.envelope.sender, status: status,
      receivedAt: record.envelope.receivedAt)
    let isNoted = arrivals.withLock { arrivals in
      guard arrivals.count < Self.waitingLimit else { return false }
      arrivals.append(arrival)
      return true
    }
    if !isNoted { passedOver.increment() }
  }

  private func run() {
    while !thread.stopping.wait(deadline: Self.period) {
      let gathered = arrivals.withLock { arrivals in
        defer { arrivals = [] }
        return arrivals
      }
      for arrival in gathered where !thread.stopping.isSet { look(at: arrival) }
    }
  }

  /// Compares how the dossier looked before this message with how it looks after it.
  func look(at arrival: Arrival) {
    guard let messages = try? store.caseMessages(of: arrival.dossier, limit: Self.messageLimit) else {
      return passedOver.increment()
    }
    let place = messages.firstIndex {
      $0.receivedAt == arrival.receivedAt && $0.sender == arrival.sender && $0.status == arrival.status
    }
    guard let place else { return }
    let before = Self.anomalies(messages[..<place])
    for anomaly in Self.anomalies(messages[...place]) where !before.contains(anomaly) {
      found.labelled(anomaly.rawValue).increment()
      log.warning(
        "dossier-looks-wrong",
        [.dossier(arrival.dossier.text), .party(arrival.sender.text), .rule(anomaly.rawValue), .state(arrival.status)])
    }
  }

  private static func anomalies(_ messages: some Collection<CaseMessage>) -> [CaseAnomaly] {
    LedgerCases.case(of: Array(messages)).map { CaseAnomaly.found(in: $0.facts) } ?? []
  }
}
