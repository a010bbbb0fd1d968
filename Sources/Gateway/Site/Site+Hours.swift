import Delivery
package import DossierModel
package import ServiceKit

extension Site {
  /// When a party takes something again by its hours; nil if it does now, or takes nothing at all.
  package func closedUntil(for party: PartyID, at now: Timestamp) -> Timestamp? {
    parties.first { $0.party.id == party }?.receiving?.hours.closedUntil(at: now)
  }
}
