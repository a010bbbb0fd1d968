package import DossierModel
package import ServiceKit

/// What the journal keeps of a message that was turned away.
package struct RefusalRecord: Sendable {
  package var at: Timestamp
  /// nil when the sender was not recognised.
  package var sender: PartyID?
  package var fault: FaultCode
  /// Known when the message could be read that far.
  package var dossier: DossierCode?
  /// Names of the broken rules and their places, never values.
  package var rules: [String]

  package init(at: Timestamp, sender: PartyID?, fault: FaultCode, dossier: DossierCode? = nil, rules: [String] = []) {
    self.at = at
    self.sender = sender
    self.fault = fault
    self.dossier = dossier
    self.rules = rules
  }
}
