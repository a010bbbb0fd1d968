package import DossierModel

/// How many deliveries a destination has taken of late.
package struct DeliveryPace: Sendable, Equatable {
  /// Changes of the journal that are looked at, the latest ones: what a look costs does not grow with the ledger.
  package static let looksBack: Int64 = 20_000
  /// No further back than this.
  package static let window = Duration.seconds(3_600)

  package var destination: PartyID
  package var delivered: Int
  /// In how long; shorter than the window where much was journalled.
  package var over: Duration

  package init(destination: PartyID, delivered: Int, over: Duration) {
    self.destination = destination
    self.delivered = delivered
    self.over = over
  }

  /// How long so many deliveries take at this pace.
  package func time(for count: Int) -> Duration { over * count / delivered }
}
