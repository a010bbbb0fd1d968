package import DossierModel
package import ServiceKit

/// One turn of a deliverer: what it finished, and how much new work it can take, by destination.
package struct DeliveryExchange: Sendable {
  package var settlements: [Settlement]
  package var claims: [PartyID: ClaimRequest]
  package var at: Timestamp
  /// Everything the deliverer has in its hands, told after an exchange whose fate it does not know: what else is in flight
  /// under its epoch was claimed for nobody, and is given back. Nil when there is no doubt.
  package var inHand: Set<DeliveryID>?

  package init(settlements: [Settlement] = [], claims: [PartyID: ClaimRequest] = [:], at: Timestamp) {
    self.settlements = settlements
    self.claims = claims
    self.at = at
  }
}
