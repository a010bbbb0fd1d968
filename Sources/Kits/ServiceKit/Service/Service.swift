/// A long-lived part of a program with threads of its own: a server, a delivery loop, a store.
package protocol Service: Sendable {
  /// One word, for the log: `http-server`.
  var name: String { get }
  /// How long `stop` may take before the group goes on without it.
  var stopDeadline: Duration { get }
  /// Returns when the service works, or throws and leaves nothing running. Called once.
  func start() throws
  /// Finishes what is in flight, returns when nothing of it runs any more. Called once, and only after `start` returned.
  func stop()
}

extension Service {
  package var stopDeadline: Duration { .seconds(15) }
}
