package import DossierModel
package import ServiceKit

/// The systems that may sign requests, by their id: whose each is, and the key of its signatures.
package struct VXPSystems: Sendable {
  package struct System: Sendable {
    package var party: PartyID
    /// The HMAC's key as the partner has it too.
    package var secret: Secret

    package init(party: PartyID, secret: Secret) {
      self.party = party
      self.secret = secret
    }
  }

  private let systems: [String: System]

  package init(_ systems: [String: System]) { self.systems = systems }

  subscript(_ id: String) -> System? { systems[id] }
}
