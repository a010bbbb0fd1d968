import ServiceKit
import ThreadKit

/// Keeps lines in memory and lets a test wait for one.
final class WatchedLog: LogOutput {
  private let stored = Monitor<[String]>([])

  var lines: [String] { stored.withLock { $0 } }

  func wait(for event: String, times: Int = 1, within deadline: Duration = .seconds(20)) -> Bool {
    stored.wait(deadline: deadline) { lines in lines.count { $0.contains(event) } >= times ? true : nil } ?? false
  }

  func append(_ line: [UInt8]) -> Bool {
    stored.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
    stored.wakeAll()
    return true
  }

  func flush(deadline: Duration) -> Bool { true }
}
