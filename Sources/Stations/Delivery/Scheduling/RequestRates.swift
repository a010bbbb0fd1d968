package import DossierModel

/// The rates of the parties that have one, for those who send them requests: one value for all of a gateway.
package struct RequestRates: Sendable {
  private let rates: [PartyID: RequestRate]

  package init(_ destinations: [Destination]) {
    rates = Dictionary(
      uniqueKeysWithValues: destinations.compactMap { destination in
        destination.rate.map { (destination.party, RequestRate($0)) }
      })
  }

  /// nil for a party that takes as many as come.
  package subscript(party: PartyID) -> RequestRate? { rates[party] }
}
