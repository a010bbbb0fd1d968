import CMicrohttpd
import Glibc
import Synchronization
import ThreadKit

/// What a server's threads share: the handler, the limits, the open connections and the counts.
final class ServerCore: Sendable {
  let limits: HTTPServerLimits
  let handler: any HTTPHandler
  let clientCertificate: ServerTLS.ClientCertificate?
  let counts = ServerCounts()
  let lingering = LingeringSockets()
  let shares: ConnectionShares

  /// Set when new requests are no longer served.
  let isDraining = Atomic<Bool>(false)
  /// Set when requests that wait for an answer are no longer waited for either.
  let isStopping = Atomic<Bool>(false)
  /// Requests whose head has arrived and whose answer has not been sent.
  let inFlight = Atomic<Int>(0)
  /// Woken when the last request in flight has ended; what is waited for is `inFlight` itself, which every request
  /// counts without a lock.
  private let idle = Monitor(())

  private let connections = Mutex<[ObjectIdentifier: ServerConnection]>([:])

  init(configuration: HTTPServerConfiguration, handler: any HTTPHandler) {
    self.limits = configuration.limits
    self.shares = ConnectionShares(
      threads: configuration.threads, limit: limits.connections, limitPerAddress: limits.connectionsPerAddress)
    self.handler = handler
    self.clientCertificate = configuration.tls.flatMap { $0.clientAuthoritiesPEM == nil ? nil : $0.clientCertificate }
  }

  func insert(_ connection: ServerConnection) {
    connections.withLock { $0[ObjectIdentifier(connection)] = connection }
    counts.accepted.add(1, ordering: .relaxed)
  }

  /// The connection is about to be closed. After this returns the watchdog does not touch the connection's descriptor any more.
  func remove(_ connection: ServerConnection) {
    _ = connections.withLock { $0.removeValue(forKey: ObjectIdentifier(connection)) }
    if connection.isRefused { lingering.keep(connection.descriptor) }
    shares.giveBack(connection.descriptor)
  }

  var connectionCount: Int { connections.withLock { $0.count } }

  /// Interferes wherever a deadline has passed.
  func enforceDeadlines(at now: Int64) {
    // Under the lock a connection cannot be removed, so its descriptor is still its own.
    connections.withLock { connections in
      for connection in connections.values where connection.interfere(at: now) {
        counts.deadlinesPassed.add(1, ordering: .relaxed)
      }
    }
  }

  /// Answers every request that still waits for its handler with 503.
  func answerAllWaiting() {
    let exchanges = connections.withLock { $0.values.compactMap(\.exchange) }
    for exchange in exchanges { exchange.refuse(.stopping) }
  }

  func beginRequest() {
    inFlight.add(1, ordering: .sequentiallyConsistent)
  }

  func endRequest() {
    let rest = inFlight.subtract(1, ordering: .sequentiallyConsistent).newValue
    guard rest == 0, isDraining.load(ordering: .sequentiallyConsistent) else { return }
    // Who has looked at the count and not begun to wait holds the lock: passing through it, no wake is lost.
    idle.withLock { _ in }
    idle.wakeAll()
  }

  /// Waits until no request is in flight; says whether that came true within `duration`. Needs ``isDraining``.
  func waitUntilIdle(within duration: Duration) -> Bool {
    idle.wait(deadline: duration) { _ in inFlight.load(ordering: .sequentiallyConsistent) == 0 ? true : nil } ?? false
  }
}
