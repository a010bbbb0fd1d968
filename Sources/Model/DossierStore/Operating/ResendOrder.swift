package import DossierModel
package import ServiceKit

/// An operator's wish that a message goes to one of its recipients once more: as a new delivery behind what is open, with
/// a key of its own, so that the partner takes it for a new one.
package struct ResendOrder: Sendable {
  package var message: MessageID
  package var destination: PartyID
  /// Bytes to send instead of those that went out before: the message translated anew.
  package var payload: [UInt8]?
  /// What that translation cut or filled in, for the journal.
  package var note: String?
  /// The operator's name, as the journal shows it.
  package var actor: String
  package var reason: String
  package var at: Timestamp

  package init(
    _ message: MessageID, to destination: PartyID, payload: [UInt8]? = nil, note: String? = nil, actor: String,
    reason: String, at: Timestamp
  ) {
    self.message = message
    self.destination = destination
    self.payload = payload
    self.note = note
    self.actor = actor
    self.reason = reason
    self.at = at
  }
}

/// What came of it.
package enum ResendOutcome: Sendable, Equatable {
  case queued(DeliveryID, DeliveryState)
  /// The message never had a delivery to this destination.
  case noDelivery
  /// The last one is not done yet: release or hasten that one.
  case stillOpen(DeliveryID, DeliveryState)
  /// The last delivery has no bytes, because it could not be translated, and no others were given.
  case noBytes
  /// The message's bytes were removed by the site's retention policy (`StoredMessage.pruning`).
  case pruned
}
