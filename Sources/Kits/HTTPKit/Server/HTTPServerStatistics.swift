import Synchronization

/// What a server has done since it started, and what it is doing.
package struct HTTPServerStatistics: Sendable, Equatable {
  package let connectionsAccepted: Int
  package let connectionsOpen: Int
  package let requestsHandled: Int
  package let requestsInFlight: Int
  /// Requests refused without asking the handler, other than those the library refuses while it parses.
  package let requestsRefused: Int
  /// Connections cut, and handlers answered for, because a deadline passed.
  package let deadlinesPassed: Int
}

/// The counters behind ``HTTPServerStatistics``.
final class ServerCounts: Sendable {
  let accepted = Atomic<Int>(0)
  let handled = Atomic<Int>(0)
  let refused = Atomic<Int>(0)
  let deadlinesPassed = Atomic<Int>(0)
}
