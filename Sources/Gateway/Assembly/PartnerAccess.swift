import Delivery
import HTTPKit
import ServiceKit

/// What everything in a gateway that speaks to partners has in common: two HTTP clients, and for each party one rate and
/// one session.
///
/// Deliveries, and the logins that everything waits for, have a client of their own. Those that ask (polls, lookups,
/// dictionaries, files) share the other, each with its own part of it: a client is a thread with its buffers, and at rest
/// they all do nothing.
struct PartnerAccess: Sendable {
  let rates: RequestRates
  let sessions: PartnerSessions
  /// The deliverer's alone.
  let deliveries: PartnerRoads
  private let asking: HTTPClient

  init(to destinations: [Destination], time: any TimeSource) throws {
    let client = try HTTPClient(configuration: HTTPClientConfiguration(for: destinations))
    rates = RequestRates(destinations)
    sessions = PartnerSessions(destinations, rates: rates, transport: client, time: time, version: Gateway.version)
    deliveries = PartnerRoads(http: client, destinations: destinations)
    asking = try HTTPClient(configuration: HTTPClientConfiguration(asking: destinations))
  }

  /// For one of those that ask; it can be cancelled without the others.
  func questions() -> HTTPClientShare { HTTPClientShare(of: asking) }
}
