import DossierModel
import DossierStore
import ServiceKit

/// What reception counts: accepted messages, duplicates and refusals.
final class IntakeCounters: Sendable {
  private let accepted: MetricFamily<Counter>
  private let duplicates: MetricFamily<Counter>
  private let refused: MetricFamily<Counter>

  init(_ metrics: Metrics) {
    accepted = metrics.counters(
      "lienthong_messages_accepted_total", "Messages recorded, by sender.", labels: ["sender"])
    duplicates = metrics.counters(
      "lienthong_duplicates_total", "Messages that had been recorded before, by sender.", labels: ["sender"])
    refused = metrics.counters(
      "lienthong_messages_refused_total", "Messages turned away, by fault.", labels: ["fault"])
  }

  func count(_ messages: [RecordedMessage], sender: PartyID) {
    for message in messages { (message.isDuplicate ? duplicates : accepted).labelled(sender.text).increment() }
  }

  func countRefusal(_ fault: FaultCode) { refused.labelled(fault.rawValue).increment() }
}
