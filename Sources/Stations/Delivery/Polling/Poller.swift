package import DossierModel
package import DossierStore
package import ServiceKit
import Synchronization
import ThreadKit

/// Asks partners that do not call us, at the times their profiles say, until the gateway stops.
///
/// One thread (`PollCoordinator`) owns every round; requests run on the HTTP client's thread, and changes on the store's. Of
/// one partner one poll is asked at a time, in the session that deliveries go by too. A partner's quiet hours hold
/// for questions as for deliveries, and its rate counts both. Where several gateways share a store, one is at a poll at a time.
package final class Poller: Service {
  /// Where items enter the line; the completion is called once, on any thread.
  package typealias Intake =
    @Sendable (
      _ items: [PollItem], _ scope: MessageKey.Scope, _ completion: @escaping @Sendable ([PollItemOutcome]) -> Void
    ) -> Void

  package let name = "poller"
  private let parts: PollerParts
  private let thread = Mutex<WorkerThread?>(nil)

  /// - Parameters:
  ///   - rates: those of the destinations, which whoever delivers to them counts by too.
  ///   - sessions: those of the destinations, which are everybody's.
  ///   - transport: for this poller alone; `stop` cancels all its requests.
  package init(
    ledger: any PollLedger, destinations: [Destination], rates: RequestRates, sessions: PartnerSessions,
    transport: any PartnerTransport, intake: @escaping Intake, metrics: PollMetrics, log: Log,
    time: any TimeSource = SystemTimeSource(),
    random: any RandomNumberGenerator & Sendable = SeededGenerator(), version: String,
    limits: PollLimits = PollLimits()
  ) {
    parts = PollerParts(
      ledger: ledger, destinations: destinations.filter { !$0.polls.isEmpty }, rates: rates, sessions: sessions,
      transport: transport, intake: intake, metrics: metrics, log: log, time: time, random: random,
      userAgent: "lienthong/\(version)",
      limits: limits, mailbox: Mailbox())
  }

  package func start() {
    // A gateway that asks nobody needs no thread for it.
    guard !parts.destinations.isEmpty else { return }
    let worker = WorkerThread(name: "poller") { [parts] in PollCoordinator(parts).run() }
    thread.withLock { $0 = worker }
  }

  /// Lets it look at the clock and into the store, for those who hold the clock in their hands.
  package func wake() { parts.mailbox.put(.wake) }

  /// Breaks off what is asked, and waits until the store knows how far each round came.
  package func stop() {
    parts.mailbox.put(.stop)
    thread.withLock { $0 }?.join()
  }
}
