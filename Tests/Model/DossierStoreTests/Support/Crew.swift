import Synchronization
import ThreadKit

/// Threads that work at the same time until all have finished; the first error any of them threw is thrown on.
enum Crew {
  static func work(_ bodies: [@Sendable () throws -> Void]) throws {
    let outcome = Outcome()
    let threads = bodies.map { body in
      WorkerThread(name: "crew") {
        do { try body() } catch { outcome.failed(error) }
      }
    }
    for thread in threads { thread.join() }
    if let error = outcome.first { throw error }
  }

  private final class Outcome: Sendable {
    private let error = Mutex<(any Error)?>(nil)
    func failed(_ error: any Error) { self.error.withLock { if $0 == nil { $0 = error } } }
    var first: (any Error)? { error.withLock { $0 } }
  }
}
