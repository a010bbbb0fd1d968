package import DossierModel
package import ServiceKit

/// One turn of a deliverer: what it finished, and how much new work it can take, by destination.
package struct DeliveryExchange: Sendable {
  package var settlements: [Settlement]
  package var claims: [PartyID: ClaimRequest]
  package var at: Timestamp

  package init(settlements: [Settlement] = [], claims: [PartyID: ClaimRequest] = [:], at: Timestamp) {
    self.settlements = settlements
    self.claims = claims
    self.at = at
  }
}
