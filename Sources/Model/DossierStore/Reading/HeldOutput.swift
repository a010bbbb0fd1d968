package import DossierModel

/// A delivery without bytes: its message could not be translated for its destination when it came.
package struct HeldOutput: Sendable, Equatable {
  package var delivery: DeliveryID
  package var message: MessageID
  package var destination: PartyID
  /// Name of the `MessageType` it is to be translated into.
  package var type: String
  /// Why it is held, or what an operator wants of it.
  package var note: String?
}
