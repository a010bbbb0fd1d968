package import HTTPKit

extension HTTPClientConfiguration {
  /// Has a place for every request that these destinations may have under way, logins included: one that swallows all
  /// its requests then takes no place from another.
  package init(for destinations: [Destination]) {
    self.init()
    let places = destinations.reduce(0) { $0 + $1.window + 1 }
    transfers = min(max(places, 1), 10_000)
    idleConnections = transfers
  }
}
