extension DeliveryState {
  /// The state after `event`, or nil where the event is illegal: the whole life of a delivery in one table.
  package func after(_ event: DeliveryEvent) -> DeliveryState? {
    switch (self, event) {
    case (.waiting, .predecessorDone): .ready
    case (.ready, .claimed), (.deferred, .claimed), (.unknown, .claimed): .inFlight
    case (.ready, .fetched), (.awaitingReceipt, .fetched): .awaitingReceipt
    case (.awaitingReceipt, .acknowledged): .delivered
    case (.awaitingReceipt, .refused): .refused
    case (.inFlight, .accepted): .delivered
    case (.inFlight, .refused): .refused
    case (.inFlight, .postponed): .deferred
    case (.inFlight, .answerMissing), (.inFlight, .claimLost): .unknown
    case (.inFlight, .exhausted): .dead
    case (.waiting, .held), (.ready, .held), (.deferred, .held), (.unknown, .held): .held
    case (.held, .released), (.dead, .released): .ready
    case (.held, .requeued): .waiting
    case (.deferred, .hastened): .deferred
    case (.unknown, .hastened): .unknown
    case (.waiting, .cancelled), (.ready, .cancelled), (.deferred, .cancelled), (.unknown, .cancelled),
      (.held, .cancelled), (.dead, .cancelled):
      .cancelled
    case (.waiting, .superseded), (.ready, .superseded), (.deferred, .superseded), (.held, .superseded): .superseded
    default: nil
    }
  }
}
