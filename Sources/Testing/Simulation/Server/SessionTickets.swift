import CryptographyKit
import ServiceKit

/// What a partner has given out for showing again, each with its end: sessions of a portal, access tokens of an agency.
struct SessionTickets: Sendable {
  private var ends: [String: MonotonicInstant] = [:]
  private let life: Duration
  private let limit: Int

  init(life: Duration, limit: Int) {
    self.life = life
    self.limit = limit
  }

  /// A new session; the oldest goes when there are too many.
  mutating func open(now: MonotonicInstant) -> String {
    ends = ends.filter { $0.value > now }
    if ends.count >= limit, let oldest = ends.min(by: { $0.value < $1.value }) { ends[oldest.key] = nil }
    let session = Hexadecimal.encode(SecureRandom.bytes(16))
    ends[session] = now + life
    return session
  }

  func isOpen(_ session: String, now: MonotonicInstant) -> Bool {
    ends[session].map { now < $0 } ?? false
  }

  /// Forgets all sessions, as a portal does that was restarted.
  mutating func closeAll() { ends = [:] }
}
