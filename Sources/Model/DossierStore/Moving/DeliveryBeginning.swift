import DossierModel
import ServiceKit

/// The states in which a delivery can be queued.
enum DeliveryBeginning {
  case ready(due: Timestamp)
  case waiting
  case held

  var state: DeliveryState {
    switch self {
    case .ready: .ready
    case .waiting: .waiting
    case .held: .held
    }
  }

  var due: Timestamp? { if case .ready(let due) = self { due } else { nil } }
}
