import Synchronization

/// Counts what senders have given to the writer and have no answer to yet: what a stuck disk may pile up in memory.
final class WaitingRoom: Sendable {
  struct Crowd: Sendable, Equatable {
    var changes = 0
    var bytes = 0
  }

  private let limits: StoreLimits
  private let crowd = Mutex(Crowd())

  init(_ limits: StoreLimits) { self.limits = limits }

  var now: Crowd { crowd.withLock { $0 } }

  /// False when the change has to be turned away.
  func enter(_ change: StoreChange) -> Bool {
    guard let bytes = change.weight else { return true }
    return crowd.withLock { crowd in
      guard crowd.changes < limits.waitingChanges else { return false }
      // A change that alone is larger than the limit would otherwise never be taken.
      guard crowd.bytes == 0 || crowd.bytes + bytes <= limits.waitingBytes else { return false }
      crowd.changes += 1
      crowd.bytes += bytes
      return true
    }
  }

  /// They have their answers.
  func leave(_ changes: [StoreChange]) {
    var gone = Crowd()
    for change in changes {
      guard let bytes = change.weight else { continue }
      gone.changes += 1
      gone.bytes += bytes
    }
    crowd.withLock { crowd in
      crowd.changes -= gone.changes
      crowd.bytes -= gone.bytes
    }
  }
}
