package import DossierModel

/// What may happen to a delivery, as the manual has it, written out on purpose: the store knows its moves by their types, and its
/// journals are held against this.
package enum LegalMoves {
  package static let all: [DeliveryState: [DeliveryEvent: DeliveryState]] = [
    .waiting: [.predecessorDone: .ready, .held: .held, .cancelled: .cancelled, .superseded: .superseded],
    .ready: [
      .claimed: .inFlight, .fetched: .awaitingReceipt, .held: .held, .cancelled: .cancelled, .superseded: .superseded,
    ],
    .inFlight: [
      .accepted: .delivered, .refused: .refused, .postponed: .deferred, .answerMissing: .unknown, .claimLost: .unknown,
      .exhausted: .dead,
    ],
    .awaitingReceipt: [.acknowledged: .delivered, .refused: .refused],
    .deferred: [.claimed: .inFlight, .held: .held, .hastened: .deferred, .cancelled: .cancelled],
    .unknown: [.claimed: .inFlight, .held: .held, .hastened: .unknown, .cancelled: .cancelled],
    .held: [.released: .ready, .requeued: .waiting, .cancelled: .cancelled],
    .dead: [.released: .ready, .cancelled: .cancelled],
    .delivered: [:], .refused: [:], .superseded: [:], .cancelled: [:],
  ]
}
