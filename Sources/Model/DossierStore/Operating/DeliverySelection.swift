package import DossierModel

/// Which deliveries an operator means: those for which everything that is said holds. Finished ones are never meant.
package struct DeliverySelection: Sendable, Equatable {
  package var delivery: DeliveryID?
  package var destination: PartyID?
  package var dossier: DossierCode?
  package var state: DeliveryState?
  package var failure: FailureClass?
  /// Name of the `MessageType` of the payload.
  package var type: String?
  /// The note of the last change, word for word; "" means that there is none.
  package var note: String?
  /// Only deliveries behind this one, in order of creation: where the order before this one ended.
  package var after: DeliveryID?

  package init(
    delivery: DeliveryID? = nil, destination: PartyID? = nil, dossier: DossierCode? = nil,
    state: DeliveryState? = nil, failure: FailureClass? = nil, after: DeliveryID? = nil
  ) {
    self.delivery = delivery
    self.destination = destination
    self.dossier = dossier
    self.state = state
    self.failure = failure
    self.after = after
  }

  /// Whether it means every open delivery there is.
  package var isEverything: Bool {
    delivery == nil && destination == nil && dossier == nil && state == nil && failure == nil
      && type == nil && note == nil
  }
}
