import DossierModel
import DossierStore
import ServiceKit

/// When a step is to be expected to be answered: by what stands before it towards its agency, by how fast that takes what it is
/// sent, and by how long it usually has a dossier.
struct StepOutlook {
  enum Position {
    /// So many deliveries go before it; it has waited since a moment.
    case underWay(ahead: Int, since: Timestamp)
    case withAgency(since: Timestamp)
  }

  var position: Position
  /// Nil where the destination took nothing of late.
  var pace: DeliveryPace?
  /// How long its agency usually has the step; nil where that is not known.
  var answerTime: Duration?

  /// When the answer is expected; nil where nothing is known to expect it by.
  func expectedAt(_ now: Timestamp) -> Timestamp? {
    switch position {
    case .withAgency(let since): return answerTime.map { max(now, since + $0) }
    case .underWay(_, let since):
      guard let arrival = arrival(now) else { return answerTime.map { max(now, since) + $0 } }
      return arrival + (answerTime ?? .zero)
    }
  }

  /// Whose time it is if an answer is too late: transport's where it would be in time if the agency had the dossier now.
  func holder(_ now: Timestamp, due: Timestamp) -> Holder {
    guard case .underWay = position else { return .agency }
    return now + (answerTime ?? .zero) <= due ? .transport : .agency
  }

  /// What waits for a destination that has taken nothing all the time is expected to wait as long again.
  private func arrival(_ now: Timestamp) -> Timestamp? {
    guard case .underWay(let ahead, let since) = position else { return nil }
    if let pace, pace.delivered > 0 { return now + pace.time(for: ahead + 1) }
    let waited = now - since
    return waited >= DeliveryPace.window ? now + waited : nil
  }
}
