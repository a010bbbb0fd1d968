package import HTTPKit

extension HTTPClientConfiguration {
  /// Has a place for every request that these destinations may have under way, logins included: one that swallows all
  /// its requests then takes no place from another.
  package init(for destinations: [Destination]) {
    self.init()
    takePlaces(destinations.reduce(0) { $0 + $1.window + 1 })
  }

  /// Has a place for everything that may be asked of these destinations at a time: lookups, a poll of each, and besides one
  /// dictionary and one file.
  package init(asking destinations: [Destination]) {
    self.init()
    let lookups = destinations.count { !$0.lookups.isEmpty } * LookupLimits.standard.underWay
    takePlaces(lookups + min(destinations.count { !$0.polls.isEmpty }, PollLimits().rounds) + 2)
  }

  private mutating func takePlaces(_ count: Int) {
    transfers = min(max(count, 1), 10_000)
    idleConnections = transfers
  }
}
