import CryptographyKit
package import DossierModel
package import ServiceKit

/// Makes invented messages for tests, each with its own id.
package final class SampleMessages: Sendable {
  private let identifiers = UUIDv7Generator()
  package let sender: PartyID

  package init(sender: PartyID = "mot-cua") { self.sender = sender }

  package func message(
    _ dossier: DossierCode, body: String = "noi dung", key: MessageKey? = nil, to destinations: [PartyID],
    at time: Timestamp, held: String? = nil
  ) -> MessageRecord {
    let bytes = Array(body.utf8)
    return MessageRecord(
      envelope: Envelope(
        id: MessageID(identifiers.next()), sender: sender, type: "mau/thu", receivedAt: time,
        digest: MessageDigest(of: bytes), key: key),
      fields: DossierFields(code: dossier, procedure: "1.000001", status: "registered"), body: bytes,
      deliveries: destinations.map {
        NewDelivery(destination: $0, type: "mau/thu", payload: Array("\(body) -> \($0)".utf8), heldReason: held)
      })
  }
}
