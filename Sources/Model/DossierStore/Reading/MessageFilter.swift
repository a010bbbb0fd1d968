package import DossierModel
package import ServiceKit

/// Which messages of a store are wanted; what is nil does not matter.
package struct MessageFilter: Sendable {
  /// Received at this moment or later.
  package var since: Timestamp?
  /// Received before this moment.
  package var until: Timestamp?
  package var dossier: DossierCode?
  package var sender: PartyID?
  /// Has a delivery for this party.
  package var destination: PartyID?
  /// Names of message types; nil means every type.
  package var types: Set<String>?

  package init(
    since: Timestamp? = nil, until: Timestamp? = nil, dossier: DossierCode? = nil, sender: PartyID? = nil,
    destination: PartyID? = nil, types: Set<String>? = nil,
  ) {
    self.since = since
    self.until = until
    self.dossier = dossier
    self.sender = sender
    self.destination = destination
    self.types = types
  }
}
