/// Where a service group hears that it shall stop; a test has one of its own.
package protocol SignalSource: Sendable {
  /// Called on the thread that runs the group, before any thread is started.
  func prepare()
  /// Waits for the next signal; nil when there will be no more. Called on a thread of its own.
  func next() -> StopSignal?
}
