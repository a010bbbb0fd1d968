import ServiceKit
import Synchronization

/// How many refusals of senders that nobody knows are journalled: they cost a stranger nothing and us a row each.
///
/// `limit` a minute; what is beyond is counted in the metrics only.
final class StrangerQuota: Sendable {
  static let limit = 60

  private struct Minute {
    var start = Timestamp.epoch
    var used = 0
  }

  private let minute = Mutex(Minute())

  /// Whether one more may be written now.
  func take(at now: Timestamp) -> Bool {
    minute.withLock { minute in
      if now - minute.start >= .seconds(60) { minute = Minute(start: now, used: 0) }
      guard minute.used < Self.limit else { return false }
      minute.used += 1
      return true
    }
  }
}
