import DossierModel
import DossierStore
import Orchestration
import ServiceKit

/// When a step is to be expected to be answered: by what stands before it towards its agency, by how fast that takes what it is
/// sent, and by how long it usually has a dossier.
struct StepOutlook {
  enum Position: Equatable {
    /// So many deliveries go before it; it has waited since a moment, and is not tried before another one.
    case underWay(ahead: Int, since: Timestamp, notBefore: Timestamp? = nil)
    /// It goes on when somebody lets it, or what stands before it.
    case stopped(since: Timestamp)
    case withAgency(since: Timestamp)
  }

  var position: Position
  /// Nil where the destination took nothing of late.
  var pace: DeliveryPace?
  /// How long its agency usually has the step, in its own time; nil where that is not known.
  var answerTime: Duration?
  var agencyTime = AgencyTime.wall

  /// When the answer is expected; nil where nothing is known to expect it by.
  func expectedAt(_ now: Timestamp) -> Timestamp? {
    if case .withAgency(let since) = position {
      return answerTime.map { max(agencyTime.moment($0, after: since), agencyTime.opening(from: now)) }
    }
    if let arrival = arrival(now) { return agencyTime.moment(answerTime ?? .zero, after: arrival) }
    return answerTime.map { agencyTime.moment($0, after: now) }
  }

  /// Whose time it is if an answer is too late: transport's where it would be in time if the agency had the dossier now.
  func holder(_ now: Timestamp, due: Timestamp) -> Holder {
    if case .withAgency = position { return .agency }
    return agencyTime.moment(answerTime ?? .zero, after: now) <= due ? .transport : .agency
  }

  /// What waits for somebody, or for a destination that has taken nothing all the time, is expected to wait as long again.
  private func arrival(_ now: Timestamp) -> Timestamp? {
    let waitsSince: Timestamp
    switch position {
    case .withAgency: return nil
    case .stopped(let since): waitsSince = since
    case .underWay(let ahead, let since, let notBefore):
      if let pace, pace.delivered > 0 { return max(now + pace.time(for: ahead + 1), notBefore ?? now) }
      waitsSince = since
    }
    let waited = now - waitsSince
    return waited >= DeliveryPace.window ? now + waited : nil
  }
}

extension StepOutlook.Position {
  /// Where a delivery stands that is not done: what is ready or was tried goes by its turn and its time, what is held or dead is an
  /// operator's. Nil for what is done, which stands nowhere.
  init?(_ standing: DeliveryStanding, since: Timestamp) {
    switch standing.delivery.state {
    // What is tried again takes the destination's time too.
    case .ready: self = .underWay(ahead: standing.place.map { $0.ahead + $0.failed } ?? 0, since: since)
    case .inFlight, .awaitingReceipt, .waiting: self = .underWay(ahead: 0, since: since)
    case .deferred, .unknown: self = .underWay(ahead: 0, since: since, notBefore: standing.delivery.due)
    case .held, .dead: self = .stopped(since: since)
    case .delivered, .refused, .superseded, .cancelled: return nil
    }
  }

  /// The same for what comes so many deliveries after it.
  func behind(_ count: Int) -> Self {
    guard case .underWay(let ahead, let since, let notBefore) = self else { return self }
    return .underWay(ahead: ahead + count, since: since, notBefore: notBefore)
  }
}
