package import ServiceKit

/// What a sender gets once its message is on disk: proof of what was taken and where to ask about it.
///
/// The same message sent again gets the same receipt again.
package struct Receipt: Sendable, Equatable {
  package var id: MessageID
  package var digest: MessageDigest
  package var receivedAt: Timestamp
  package var dossier: DossierCode

  package init(id: MessageID, digest: MessageDigest, receivedAt: Timestamp, dossier: DossierCode) {
    self.id = id
    self.digest = digest
    self.receivedAt = receivedAt
    self.dossier = dossier
  }

  /// Where the message's state can be read, relative to the gateway's address.
  package var statePath: String { "/v1/messages/\(id)" }
}
