import DossierModel
import DossierStore
import ServiceKit

/// Everything the deliverer knows about one destination while it runs.
struct DestinationDesk {
  let destination: Destination
  var schedule: DestinationSchedule
  /// nil for a partner that wants no login.
  let session: PartnerSession?
  /// Whether the end of a login will be told.
  var isWaitingForLogin = false
  /// Claimed, and waiting for a place or for a token.
  var queue = AttemptQueue()
  /// What closed the window last, while it is not open again.
  var closure: Closure?
  let metrics: DeliveryMetrics.Desk

  /// The outcome and note of deliveries that are put off unsent.
  struct Closure {
    let outcome: DeliveryOutcome
    let note: String
  }

  init(
    _ destination: Destination, rate: RequestRate?, session: PartnerSession?, limits: DelivererLimits,
    metrics: DeliveryMetrics.Desk, at moment: Moment
  ) {
    self.destination = destination
    self.session = session
    self.metrics = metrics
    schedule = DestinationSchedule(
      window: DestinationWindow(limit: destination.window, policy: limits.window), hours: destination.hours,
      rate: rate, claimedBytes: limits.claimedBytes, sweepPeriod: limits.sweepPeriod, at: moment)
    metrics.open.set(1)
    metrics.window.set(schedule.window.places)
  }
}
