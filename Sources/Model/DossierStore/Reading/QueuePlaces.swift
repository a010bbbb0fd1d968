package import DossierModel

/// Where the ready deliveries to one destination stand, looked up together.
package struct QueuePlaces: Sendable {
  /// The first `QueuePlace.countLimit` of each lane in the order in which they are claimed, with how many go before them.
  package var ahead: [DeliveryID: Int] = [:]
  /// Deliveries to the destination that failed and are tried again, up to the same number.
  package var failed = 0
  /// The failure most of those have in common.
  package var failure: FailureClass?

  /// The place of one of its ready deliveries; one that was not among them stands behind them all.
  package subscript(delivery: DeliveryID) -> QueuePlace {
    QueuePlace(ahead: ahead[delivery] ?? min(ahead.count, QueuePlace.countLimit), failed: failed, failure: failure)
  }
}
