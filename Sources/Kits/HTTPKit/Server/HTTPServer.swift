import CMicrohttpd
import Glibc
import Synchronization

/// An HTTP/1.1 server on libmicrohttpd: threads that each poll their share of the connections, and one that accepts them.
///
/// Whatever a peer does wrong ends at its connection: it is refused with a problem and closed, or cut when a deadline
/// passes. A server starts once, and stops once. Polling is by `poll`: the library's epoll mode stalls when the number
/// of ready connections is a multiple of 128.
package final class HTTPServer: Sendable {
  private enum State {
    case new
    case running(ServerThreads, Watchdog)
    case draining(ServerThreads, Watchdog)
    case stopped
  }

  private let configuration: HTTPServerConfiguration
  private let core: ServerCore
  private let state = Mutex(State.new)
  private let boundPort = Atomic<UInt16>(0)

  /// How long ``stop()`` waits for its refusals to leave.
  private static let stopGrace = Duration.seconds(2)

  /// Checks the configuration; nothing is bound yet.
  package init(configuration: HTTPServerConfiguration, handler: any HTTPHandler) throws(HTTPError) {
    if let complaint = configuration.complaint {
      throw HTTPError(code: .invalidConfiguration, message: "the server cannot be made: \(complaint)")
    }
    self.configuration = configuration
    self.core = ServerCore(configuration: configuration, handler: handler)
  }

  deinit {
    stop()
  }

  /// The port that is listened on, once started; before, the one that was configured.
  package var port: UInt16 {
    let port = boundPort.load(ordering: .acquiring)
    return port == 0 ? configuration.port : port
  }

  package var statistics: HTTPServerStatistics {
    HTTPServerStatistics(
      connectionsAccepted: core.counts.accepted.load(ordering: .relaxed), connectionsOpen: core.connectionCount,
      requestsHandled: core.counts.handled.load(ordering: .relaxed),
      requestsInFlight: core.inFlight.load(ordering: .relaxed),
      requestsRefused: core.counts.refused.load(ordering: .relaxed),
      deadlinesPassed: core.counts.deadlinesPassed.load(ordering: .relaxed))
  }

  /// Listens, and serves from then on.
  package func start() throws(HTTPError) {
    try state.withLock { state throws(HTTPError) in
      guard case .new = state else {
        throw HTTPError(code: .alreadyStarted, message: "a server starts once; make another to listen again")
      }
      let socket = try ListeningSocket(host: configuration.host, port: configuration.port)
      let port = socket.port
      let threads = try ServerThreads(configuration: configuration, core: core, listening: socket)
      guard let watchdog = Watchdog(core: core) else {
        core.isStopping.store(true, ordering: .sequentiallyConsistent)
        threads.quiesce()
        threads.stop()
        state = .stopped
        throw HTTPError(code: .cannotStart, message: "the system gives no thread for the watchdog; raise its limit")
      }
      boundPort.store(port, ordering: .releasing)
      state = .running(threads, watchdog)
    }
  }

  /// Stops accepting connections and serving new requests, and waits until those in flight are answered.
  ///
  /// What is still unanswered after `duration` is answered 503. Requests that arrive meanwhile on open connections are
  /// refused with 503, and every connection is closed after its answer. Returns whether all were answered in time.
  @discardableResult
  package func drain(within duration: Duration) -> Bool {
    state.withLock { state in
      guard case .running(let threads, let watchdog) = state else { return }
      core.isDraining.store(true, ordering: .sequentiallyConsistent)
      threads.quiesce()
      state = .draining(threads, watchdog)
    }
    if core.waitUntilIdle(within: duration) { return true }
    core.isStopping.store(true, ordering: .sequentiallyConsistent)
    core.answerAllWaiting()
    return false
  }

  /// Answers what is in flight with 503, closes every connection and joins the threads. Calling it again does nothing.
  ///
  /// A handler that is running is waited for. Must not be called by a handler on the server's own thread.
  package func stop() {
    if case .running = state.withLock({ $0 }) { drain(within: .zero) }
    state.withLock { state in
      guard case .draining(let threads, let watchdog) = state else {
        state = .stopped
        return
      }
      // From here on no connection is suspended, which the library insists on: new exchanges see the flag, and those
      // that were there before are answered.
      core.isStopping.store(true, ordering: .sequentiallyConsistent)
      core.answerAllWaiting()
      _ = core.waitUntilIdle(within: Self.stopGrace)
      threads.stop()
      watchdog.stop()
      state = .stopped
    }
  }
}
