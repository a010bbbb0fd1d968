import DossierModel
package import ServiceKit

/// What a deliverer measures, by destination.
package struct DeliveryMetrics: Sendable {
  private let attempts: MetricFamily<Counter>
  private let durations: MetricFamily<Histogram>
  private let underWay: MetricFamily<Gauge>
  private let open: MetricFamily<Gauge>
  private let window: MetricFamily<Gauge>
  let unsettled: Gauge

  package init(_ metrics: Metrics) {
    attempts = metrics.counters(
      "lienthong_delivery_attempts_total", "Attempts to deliver, by destination and outcome.",
      labels: ["destination", "outcome"], seriesLimit: 4_000)
    durations = metrics.histograms(
      "lienthong_delivery_attempt_duration_seconds", "Time from an attempt's first request to its end.", .latency,
      labels: ["destination"])
    underWay = metrics.gauges(
      "lienthong_delivery_requests_in_flight", "Requests under way just now.", labels: ["destination"])
    open = metrics.gauges(
      "lienthong_delivery_destination_open",
      "1 while a destination gets its whole window, 0 while it rests or is probed.",
      labels: ["destination"])
    window = metrics.gauges(
      "lienthong_delivery_window", "Requests the destination may get at the same time just now.",
      labels: ["destination"])
    unsettled = metrics.gauge("lienthong_delivery_unsettled", "Outcomes that are not on the disk yet.")
  }

  /// The metrics of one destination, looked up once.
  func desk(for party: PartyID) -> Desk {
    Desk(
      party: party, attempts: attempts, duration: durations.labelled(party.text),
      underWay: underWay.labelled(party.text),
      open: open.labelled(party.text), window: window.labelled(party.text))
  }

  struct Desk: Sendable {
    fileprivate let party: PartyID
    fileprivate let attempts: MetricFamily<Counter>
    let duration: Histogram
    let underWay: Gauge
    let open: Gauge
    let window: Gauge

    func count(_ outcome: DeliveryOutcome) {
      attempts.labelled(party.text, DeliveryMetrics.word(for: outcome)).increment()
    }
  }

  /// One word for an outcome, the same in metrics and log.
  static func word(for outcome: DeliveryOutcome) -> String {
    switch outcome {
    case .accepted(let alreadyThere): alreadyThere ? "alreadyThere" : "accepted"
    case .refused: "refused"
    case .postponed(let failure, _), .leftUnknown(let failure, _), .answerMissing(let failure): failure.rawValue
    }
  }
}
