import Synchronization

/// What a gateway knows of its own standing among those on one database: read by the writer, written by the keeper.
final class NodeLease: Sendable {
  private struct State {
    var epoch: Int64 = 0
    var goodUntil = ContinuousClock.now
    var share = StoreShare.whole
  }

  private let limits: NodeLimits
  private let state = Mutex(State())

  init(_ limits: NodeLimits) {
    precondition(limits.renewal < limits.lease - limits.margin, "a lease is renewed several times before it runs out")
    self.limits = limits
  }

  /// The epoch begun last; 0 before the first.
  var epoch: Int64 { state.withLock { $0.epoch } }

  /// The epoch, unless the database was not reached for so long that others may soon take over.
  var validEpoch: Int64? {
    state.withLock { $0.epoch != 0 && ContinuousClock.now < $0.goodUntil ? $0.epoch : nil }
  }

  var share: StoreShare { state.withLock { $0.share } }

  /// The database has heard of this gateway. `asked`: when the question was sent, which is earlier than the database's
  /// own moment, so this side's lease ends first.
  func renewed(_ epoch: Int64, asked: ContinuousClock.Instant) {
    state.withLock {
      $0.epoch = epoch
      $0.goodUntil = asked + limits.lease - limits.margin
    }
  }

  /// Others have ended this epoch.
  func ended() { state.withLock { $0.goodUntil = ContinuousClock.now } }

  func learned(_ share: StoreShare) { state.withLock { $0.share = share } }
}
