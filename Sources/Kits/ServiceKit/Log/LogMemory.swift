import Synchronization

/// Keeps lines in memory, for tests that read what was logged.
package final class LogMemory: LogOutput {
  private let stored = Mutex<[String]>([])

  package init() {}

  /// The lines so far, without their ends.
  package var lines: [String] { stored.withLock { $0 } }

  package func append(_ line: [UInt8]) -> Bool {
    stored.withLock { $0.append(String(decoding: line.dropLast(), as: UTF8.self)) }
    return true
  }

  package func flush(deadline: Duration) -> Bool { true }
}
