package import DossierModel
package import ServiceKit

/// How much waits for one destination in one state.
package struct QueueRow: Sendable, Equatable {
  package var destination: PartyID
  package var state: DeliveryState
  package var count: Int
  package var oldestAt: Timestamp
  /// The earliest next attempt among them.
  package var nextDue: Timestamp?
}
