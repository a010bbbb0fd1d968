package import DossierModel
package import ServiceKit

/// The sessions of the parties that have one, for those who send them requests: one value for all of a gateway.
package struct PartnerSessions: Sendable {
  private let sessions: [PartyID: PartnerSession]

  /// - Parameters:
  ///   - transport: logins go out by it; who cancels its requests ends a login for all.
  ///   - version: told to partners as `User-Agent: lienthong/<version>`.
  package init(
    _ destinations: [Destination], rates: RequestRates, transport: any PartnerTransport,
    time: any TimeSource = SystemTimeSource(), version: String
  ) {
    sessions = Dictionary(
      uniqueKeysWithValues: destinations.compactMap { destination in
        PartnerSession(
          destination, rate: rates[destination.party], transport: transport, time: time,
          userAgent: "lienthong/\(version)"
        ).map { (destination.party, $0) }
      })
  }

  /// nil for a party that is spoken to without a login.
  package subscript(party: PartyID) -> PartnerSession? { sessions[party] }
}
