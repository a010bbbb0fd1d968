import DossierModel
import DossierStore
import HTTPKit

/// What happens to a deliverer; its thread takes them out of the mailbox in order.
enum DelivererEvent: Sendable {
  /// The store has deliveries that became ready.
  case ready(Set<PartyID>)
  /// A request ended.
  case answered(request: UInt64, HTTPClientResult)
  /// A login ended.
  case loginEnded(destination: Int, LoginOutcome)
  /// An exchange is on the disk, or is not.
  case exchanged(UInt64, Result<[ClaimedDelivery], StoreError>)
  /// Look at the clock again.
  case wake
  case stop
}
