import ThreadKit

/// Runs what waits for a partner on a thread of its own: the few threads that tests share would all wait, and a machine with
/// two cores would take two profiles at a time.
enum OwnThread {
  /// How many run at the same time: as many as wait while one works.
  private static let places = Monitor(6)

  static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      _ = WorkerThread(name: "conformance") {
        _ = places.wait { free -> Bool? in
          guard free > 0 else { return nil }
          free -= 1
          return true
        }
        let result = Swift.Result { try body() }
        places.withLock { $0 += 1 }
        places.wakeAll()
        continuation.resume(with: result)
      }
    }
  }
}
