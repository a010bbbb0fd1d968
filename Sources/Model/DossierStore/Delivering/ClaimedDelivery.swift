package import DossierModel
package import ServiceKit

/// A delivery in the hands of a deliverer, with the bytes to send.
package struct ClaimedDelivery: Sendable {
  package var id: DeliveryID
  /// Fences this claim: settlements under an older epoch are ignored.
  package var epoch: Int64
  package var destination: PartyID
  package var message: MessageID
  /// Name of the `MessageType` of the payload.
  package var type: String
  package var dossier: DossierCode
  package var payload: [UInt8]
  /// 1 for the first attempt.
  package var attempt: Int
  package var createdAt: Timestamp
  package var traceparent: String?
  /// Whether an earlier attempt may have brought it to the partner.
  package var mayHaveArrived = false

  package init(
    id: DeliveryID, epoch: Int64, destination: PartyID, message: MessageID, type: String, dossier: DossierCode,
    payload: [UInt8], attempt: Int, createdAt: Timestamp, traceparent: String? = nil, mayHaveArrived: Bool = false
  ) {
    self.id = id
    self.epoch = epoch
    self.destination = destination
    self.message = message
    self.type = type
    self.dossier = dossier
    self.payload = payload
    self.attempt = attempt
    self.createdAt = createdAt
    self.traceparent = traceparent
    self.mayHaveArrived = mayHaveArrived
  }

  /// The key under which the partner sees this delivery, the same at every attempt.
  package var key: String { "\(message).\(id)" }
}
