import CryptographyKit
package import DossierModel
package import ServiceKit
import Synchronization

/// The tickets that logged-in parties show: access tokens and generation-A sessions.
///
/// A ticket is 32 random bytes; only its SHA-256 is kept, in memory: after a restart everybody logs in again, which
/// every known client does by itself when a call fails. When `ticketLimit` is reached the tickets that end first go.
package final class SessionRegistry: Sendable {
  package static let ticketLimit = 10_000

  private struct Ticket {
    var party: PartyID
    var endsAt: Timestamp
  }

  private let tickets = Mutex<[[UInt8]: Ticket]>([:])
  private let time: any TimeSource
  package let lifetime: Duration

  package init(time: any TimeSource, lifetime: Duration) {
    self.time = time
    self.lifetime = lifetime
  }

  /// A new ticket for a party that has just proved who it is.
  package func open(for party: PartyID) -> String {
    let text = Base64URL.encode(SecureRandom.bytes(32))
    let now = time.now()
    let ticket = Ticket(party: party, endsAt: now + lifetime)
    tickets.withLock { tickets in
      if tickets.count >= Self.ticketLimit { Self.makeRoom(in: &tickets, now: now) }
      tickets[SHA256.hash(text)] = ticket
    }
    return text
  }

  /// Whose ticket this is; nil when it is unknown or has ended.
  package func party(showing ticket: String) -> PartyID? {
    let now = time.now()
    let digest = SHA256.hash(ticket)
    return tickets.withLock { tickets in
      guard let found = tickets[digest] else { return nil }
      guard found.endsAt > now else {
        tickets[digest] = nil
        return nil
      }
      return found.party
    }
  }

  private static func makeRoom(in tickets: inout [[UInt8]: Ticket], now: Timestamp) {
    tickets = tickets.filter { $0.value.endsAt > now }
    guard tickets.count >= ticketLimit else { return }
    // An eighth goes at once, so that a flood of logins does not sort the whole list for each of them.
    let earliest = tickets.sorted { $0.value.endsAt < $1.value.endsAt }.prefix(ticketLimit / 8)
    for (digest, _) in earliest { tickets[digest] = nil }
  }
}
