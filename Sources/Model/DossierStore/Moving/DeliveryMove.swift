import DossierModel
import ServiceKit

/// One legal change of a delivery's state.
///
/// Only the states of `DeliveryMoves` make one, each by the methods that are its moves; what writes states takes nothing else,
/// and takes each once. So a change that is not a method below cannot be written in this program. What a new state needs is
/// asked for by the method that leads there: the moment from which it may be claimed, or the epoch of a claim.
struct DeliveryMove: ~Copyable {
  let row: DeliveryRow
  let event: DeliveryEvent
  let to: DeliveryState
  /// When it may be claimed; nil where the new state cannot be.
  let due: Timestamp?
  /// Under which it is claimed; nil for every other move.
  let epoch: Int64?

  fileprivate init(
    _ row: DeliveryRow, _ event: DeliveryEvent, to state: DeliveryState, due: Timestamp? = nil, epoch: Int64? = nil
  ) {
    self.row = row
    self.event = event
    to = state
    self.due = due
    self.epoch = epoch
  }
}

/// What can happen to a delivery, by the state in which it stands: its whole life.
enum DeliveryMoves {
  case waiting(Waiting)
  case ready(Ready)
  case inFlight(InFlight)
  case awaitingReceipt(AwaitingReceipt)
  case deferred(Deferred)
  case unknown(Unknown)
  case held(Held)
  case dead(Dead)
  /// Nothing: `delivered`, `refused`, `superseded` and `cancelled` are final.
  case none

  struct Waiting {
    fileprivate let row: DeliveryRow

    /// Every earlier delivery of the same dossier to the same destination is done.
    func predecessorDone(due: Timestamp) -> DeliveryMove { DeliveryMove(row, .predecessorDone, to: .ready, due: due) }
    func held() -> DeliveryMove { DeliveryMove(row, .held, to: .held) }
    func cancelled() -> DeliveryMove { DeliveryMove(row, .cancelled, to: .cancelled) }
    /// A later message tells what it says, by a route's rule.
    func superseded() -> DeliveryMove { DeliveryMove(row, .superseded, to: .superseded) }
  }

  struct Ready {
    fileprivate let row: DeliveryRow

    func claimed(epoch: Int64) -> DeliveryMove { DeliveryMove(row, .claimed, to: .inFlight, epoch: epoch) }
    func fetched() -> DeliveryMove { DeliveryMove(row, .fetched, to: .awaitingReceipt) }
    func held() -> DeliveryMove { DeliveryMove(row, .held, to: .held) }
    func cancelled() -> DeliveryMove { DeliveryMove(row, .cancelled, to: .cancelled) }
    /// A later message tells what it says, by a route's rule.
    func superseded() -> DeliveryMove { DeliveryMove(row, .superseded, to: .superseded) }
  }

  struct InFlight {
    fileprivate let row: DeliveryRow

    func accepted() -> DeliveryMove { DeliveryMove(row, .accepted, to: .delivered) }
    func refused() -> DeliveryMove { DeliveryMove(row, .refused, to: .refused) }
    func postponed(due: Timestamp) -> DeliveryMove { DeliveryMove(row, .postponed, to: .deferred, due: due) }
    func answerMissing(due: Timestamp) -> DeliveryMove { DeliveryMove(row, .answerMissing, to: .unknown, due: due) }
    func exhausted() -> DeliveryMove { DeliveryMove(row, .exhausted, to: .dead) }
    /// The deliverer that had it is gone, and its bytes may have left.
    func claimLost(due: Timestamp) -> DeliveryMove { DeliveryMove(row, .claimLost, to: .unknown, due: due) }
  }

  struct AwaitingReceipt {
    fileprivate let row: DeliveryRow

    func acknowledged() -> DeliveryMove { DeliveryMove(row, .acknowledged, to: .delivered) }
    func refused() -> DeliveryMove { DeliveryMove(row, .refused, to: .refused) }
  }

  struct Deferred {
    fileprivate let row: DeliveryRow

    func claimed(epoch: Int64) -> DeliveryMove { DeliveryMove(row, .claimed, to: .inFlight, epoch: epoch) }
    func hastened(due: Timestamp) -> DeliveryMove { DeliveryMove(row, .hastened, to: .deferred, due: due) }
    func held() -> DeliveryMove { DeliveryMove(row, .held, to: .held) }
    func cancelled() -> DeliveryMove { DeliveryMove(row, .cancelled, to: .cancelled) }
  }

  struct Unknown {
    fileprivate let row: DeliveryRow

    func claimed(epoch: Int64) -> DeliveryMove { DeliveryMove(row, .claimed, to: .inFlight, epoch: epoch) }
    func hastened(due: Timestamp) -> DeliveryMove { DeliveryMove(row, .hastened, to: .unknown, due: due) }
    func held() -> DeliveryMove { DeliveryMove(row, .held, to: .held) }
    func cancelled() -> DeliveryMove { DeliveryMove(row, .cancelled, to: .cancelled) }
  }

  struct Held {
    fileprivate let row: DeliveryRow

    func released(due: Timestamp) -> DeliveryMove { DeliveryMove(row, .released, to: .ready, due: due) }
    /// It goes on behind an earlier delivery of its dossier that is not done yet.
    func requeued() -> DeliveryMove { DeliveryMove(row, .requeued, to: .waiting) }
    func cancelled() -> DeliveryMove { DeliveryMove(row, .cancelled, to: .cancelled) }
  }

  struct Dead {
    fileprivate let row: DeliveryRow

    func released(due: Timestamp) -> DeliveryMove { DeliveryMove(row, .released, to: .ready, due: due) }
    func cancelled() -> DeliveryMove { DeliveryMove(row, .cancelled, to: .cancelled) }
  }
}

extension DeliveryRow {
  var moves: DeliveryMoves {
    switch state {
    case .waiting: .waiting(DeliveryMoves.Waiting(row: self))
    case .ready: .ready(DeliveryMoves.Ready(row: self))
    case .inFlight: .inFlight(DeliveryMoves.InFlight(row: self))
    case .awaitingReceipt: .awaitingReceipt(DeliveryMoves.AwaitingReceipt(row: self))
    case .deferred: .deferred(DeliveryMoves.Deferred(row: self))
    case .unknown: .unknown(DeliveryMoves.Unknown(row: self))
    case .held: .held(DeliveryMoves.Held(row: self))
    case .dead: .dead(DeliveryMoves.Dead(row: self))
    case .delivered, .refused, .superseded, .cancelled: .none
    }
  }
}
