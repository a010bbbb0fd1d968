package import DossierModel

/// What an order did, delivery by delivery.
package struct OperatorReport: Sendable, Equatable {
  package struct Item: Sendable, Equatable {
    package enum Result: Sendable, Equatable {
      case moved(to: DeliveryState)
      /// The action does not apply to this state, for example a release of what was never stopped.
      case notApplicable
      /// It has no bytes to send: a code had no counterpart when its message was translated.
      case untranslated
      /// A procedure owes it and it could not be written: a gateway tries again.
      case toBeWritten
    }

    package var delivery: DeliveryID
    package var destination: PartyID
    package var dossier: DossierCode
    package var state: DeliveryState
    package var result: Result
  }

  package var items: [Item]
  /// Where the next order goes on, if the selection holds more than one order takes.
  package var next: DeliveryID?
}
