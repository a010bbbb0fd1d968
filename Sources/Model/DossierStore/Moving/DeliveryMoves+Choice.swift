import DossierModel
import ServiceKit

// Moves that several states have, for whoever takes a delivery as it is found; nil where its state has no such move.

extension DeliveryMoves {
  func claimed(epoch: Int64) -> DeliveryMove? {
    switch self {
    case .ready(let moves): moves.claimed(epoch: epoch)
    case .deferred(let moves): moves.claimed(epoch: epoch)
    case .unknown(let moves): moves.claimed(epoch: epoch)
    case .waiting, .inFlight, .awaitingReceipt, .held, .dead, .none: nil
    }
  }

  /// A later message tells what it says: nothing of it has left yet.
  func superseded() -> DeliveryMove? {
    switch self {
    case .waiting(let moves): moves.superseded()
    case .ready(let moves): moves.superseded()
    case .inFlight, .awaitingReceipt, .deferred, .unknown, .held, .dead, .none: nil
    }
  }

  /// What an operator's action makes of it; `isFirst` unless an earlier delivery of its stream is not done yet.
  func carriedOut(_ action: OperatorOrder.Action, isFirst: Bool, at now: Timestamp) -> DeliveryMove? {
    switch (action, self) {
    case (.hold, .waiting(let moves)): moves.held()
    case (.hold, .ready(let moves)): moves.held()
    case (.hold, .deferred(let moves)): moves.held()
    case (.hold, .unknown(let moves)): moves.held()
    case (.release, .held(let moves)): isFirst ? moves.released(due: now) : moves.requeued()
    case (.release, .dead(let moves)): isFirst ? moves.released(due: now) : nil
    case (.cancel, .waiting(let moves)): moves.cancelled()
    case (.cancel, .ready(let moves)): moves.cancelled()
    case (.cancel, .deferred(let moves)): moves.cancelled()
    case (.cancel, .unknown(let moves)): moves.cancelled()
    case (.cancel, .held(let moves)): moves.cancelled()
    case (.cancel, .dead(let moves)): moves.cancelled()
    case (.flush, .deferred(let moves)): moves.hastened(due: now)
    case (.flush, .unknown(let moves)): moves.hastened(due: now)
    default: nil
    }
  }
}

extension DeliveryMoves.InFlight {
  /// What the end of an attempt makes of it: dead when it may not be tried again.
  func settled(_ outcome: DeliveryOutcome, nextAttemptAt: Timestamp?) -> DeliveryMove {
    switch (outcome, nextAttemptAt) {
    case (.accepted, _): accepted()
    case (.refused, _): refused()
    case (.postponed, let due?): postponed(due: due)
    case (.answerMissing, let due?), (.leftUnknown, let due?): answerMissing(due: due)
    case (.postponed, nil), (.answerMissing, nil), (.leftUnknown, nil): exhausted()
    }
  }
}
