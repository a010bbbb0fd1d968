import DossierModel
import DossierStore
package import ServiceKit

/// What asking partners measures, by party and poll.
package struct PollMetrics: Sendable {
  private let rounds: MetricFamily<Counter>
  private let items: MetricFamily<Counter>
  private let succeeded: MetricFamily<Gauge>
  private let kept: MetricFamily<Gauge>

  package init(_ metrics: Metrics) {
    rounds = metrics.counters(
      "lienthong_poll_rounds_total", "Rounds of asking a partner, by poll and how they ended.",
      labels: ["party", "poll", "outcome"], seriesLimit: 4_000)
    items = metrics.counters(
      "lienthong_poll_items_total", "Items that partners handed out, by poll and what became of them.",
      labels: ["party", "poll", "outcome"], seriesLimit: 4_000)
    succeeded = metrics.gauges(
      "lienthong_poll_last_success_timestamp_seconds", "When a round last succeeded.", labels: ["party", "poll"])
    kept = metrics.gauges(
      "lienthong_poll_kept_items", "Items that could not be taken and are kept.", labels: ["party", "poll"])
  }

  func count(_ report: PollReport) {
    let poll = report.lease.poll
    func add(_ count: Int, _ outcome: String) {
      if count > 0 { items.labelled(poll.party.text, poll.name, outcome).increment(by: count) }
    }
    add(report.taken, "taken")
    add(report.refused.count, "kept")
    guard let end = report.end else { return }
    rounds.labelled(poll.party.text, poll.name, Self.word(for: end)).increment()
    if end == .done { succeeded.labelled(poll.party.text, poll.name).set(Int(report.at.seconds)) }
  }

  /// How many items a poll has that could not be taken.
  func show(_ row: StoredPoll) {
    kept.labelled(row.id.party.text, row.id.name).set(row.keptItems)
    if let moment = row.succeeded { succeeded.labelled(row.id.party.text, row.id.name).set(Int(moment.seconds)) }
  }

  static func word(for end: PollReport.End) -> String {
    switch end {
    case .done: "done"
    case .failed(let failure, _): failure.rawValue
    case .broken: "broken"
    }
  }
}
