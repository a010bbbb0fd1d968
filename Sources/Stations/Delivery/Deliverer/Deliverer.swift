import DossierModel
package import DossierStore
package import ServiceKit
import Synchronization
import ThreadKit

/// Moves deliveries from the store to the partners, with retries, until each is delivered, refused or dead.
///
/// One thread (`DeliveryCoordinator`) owns every schedule and attempt; all that happens reaches it through a
/// mailbox, and requests run on the HTTP client's thread. Each turn finished outcomes and claims for new work go to the
/// store in one exchange. A delivery is marked as in flight on the disk before its first byte leaves, and its outcome is
/// kept here until the disk has it: after a crash it is sent again with the same key, never forgotten.
///
/// A destination that does not work is left alone and probed by one delivery at a time; the others do not notice.
package final class Deliverer: Service {
  package let name = "deliverer"
  private let parts: DelivererParts
  private let thread = Mutex<WorkerThread?>(nil)

  /// - Parameters:
  ///   - rates: those of the destinations, where others send them requests too.
  ///   - sessions: those of the destinations, where others speak to them too.
  ///   - transport: for this deliverer, and for logins; `stop` cancels all its requests.
  ///   - version: told to partners as `User-Agent: lienthong/<version>`.
  package init(
    store: any DossierStore, destinations: [Destination], rates: RequestRates? = nil,
    sessions: PartnerSessions? = nil, transport: any PartnerTransport, metrics: DeliveryMetrics, log: Log,
    time: any TimeSource = SystemTimeSource(),
    random: any RandomNumberGenerator & Sendable = SeededGenerator(), version: String,
    limits: DelivererLimits = DelivererLimits()
  ) {
    precondition(Set(destinations.map(\.party)).count == destinations.count, "a party is one destination")
    let rates = rates ?? RequestRates(destinations)
    let sessions =
      sessions ?? PartnerSessions(destinations, rates: rates, transport: transport, time: time, version: version)
    parts = DelivererParts(
      store: store, destinations: destinations, rates: rates, sessions: sessions, transport: transport,
      metrics: metrics, log: log, time: time, random: random, userAgent: "lienthong/\(version)", limits: limits,
      mailbox: Mailbox())
  }

  package var stopDeadline: Duration { parts.limits.stopGrace + parts.limits.flushGrace + .seconds(1) }

  package func start() {
    parts.store.observeReady { [mailbox = parts.mailbox] in mailbox.put(.ready($0)) }
    let worker = WorkerThread(name: "deliverer") { [parts] in DeliveryCoordinator(parts).run() }
    thread.withLock { $0 = worker }
  }

  /// Instead of `start`, for a simulation: each call of what is returned is one turn on the caller's thread, with what has
  /// happened until then, and says after how long time alone would bring another.
  package func drive() -> () -> Duration? {
    parts.store.observeReady { [mailbox = parts.mailbox] in mailbox.put(.ready($0)) }
    return DeliveryCoordinator(parts).step
  }

  /// Lets it look at the clock, for those who hold the clock in their hands.
  package func wake() { parts.mailbox.put(.wake) }

  /// Claims nothing more, lets the requests under way end within the grace, cancels the rest (they will be sent again
  /// with the same key), and waits until the store has every outcome.
  package func stop() {
    parts.mailbox.put(.stop)
    thread.withLock { $0 }?.join()
  }
}
