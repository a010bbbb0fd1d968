import DossierModel
import DossierStore
import Orchestration
import ServiceKit

/// When a step is to be expected to be answered: by what stands before it towards its agency, by how fast that takes what it is
/// sent, and by how long it usually has a dossier.
struct StepOutlook {
  enum Position {
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
