import DossierModel
import SQLKit
import ServiceKit
import ThreadKit

/// Keeps this gateway's epoch alive, looks whether the other gateways live, and has the claims of those that are gone
/// given back: one thread with a connection of its own, so that a long commit never looks like silence.
final class NodeKeeper: Sendable {
  private struct State {
    var isStopping = false
    var isHurried = false
  }

  private let name: String
  private let place: String?
  private let lease: NodeLease
  private let limits: NodeLimits
  private let writer: GroupCommitWriter
  private let time: any TimeSource
  private let connect: @Sendable () throws(SQLError) -> PostgreSQLDatabase
  private let state = Monitor(State())
  private let done = Latch()

  init(
    name: String, place: String?, lease: NodeLease, limits: NodeLimits, writer: GroupCommitWriter, time: any TimeSource,
    connect: @escaping @Sendable () throws(SQLError) -> PostgreSQLDatabase
  ) {
    self.name = name
    self.place = place
    self.lease = lease
    self.limits = limits
    self.writer = writer
    self.time = time
    self.connect = connect
    _ = WorkerThread(name: "store keeper") { [self] in
      run()
      done.set()
    }
  }

  /// Looks at once instead of at the next renewal: the writer has found the epoch ended.
  func hurry() {
    state.withLock { $0.isHurried = true }
    state.wakeAll()
  }

  /// Ends this gateway's epoch, so that nobody waits for it, and the thread.
  func stop() {
    state.withLock { $0.isStopping = true }
    state.wakeAll()
    done.wait()
  }

  private func run() {
    var database: PostgreSQLDatabase?
    /// Since when the database has been reached without a break, by this gateway or those before it. Others get one lease
    /// from there: after the database itself was away, everybody looks silent.
    var reachedSince: ContinuousClock.Instant?
    while !waitForTurn() {
      do throws(SQLError) {
        let connection = if let database { database } else { try connect() }
        database = connection
        let now = ContinuousClock.now
        let since =
          if let reachedSince { reachedSince } else {
            try now - NodeTable.reached(lease: limits.lease, in: connection)
          }
        reachedSince = since
        try look(in: connection, mayEndOthers: now - since > limits.lease)
      } catch {
        database = nil
        reachedSince = nil
      }
    }
    if let connection = try? database ?? connect() { try? NodeTable.end(lease.epoch, in: connection) }
  }

  /// True when it is time to end.
  private func waitForTurn() -> Bool {
    state.wait(deadline: limits.renewal) { state in
      if state.isStopping { return true }
      guard state.isHurried else { return nil }
      state.isHurried = false
      return false
    } ?? false
  }

  private func look(in database: PostgreSQLDatabase, mayEndOthers: Bool) throws(SQLError) {
    let asked = ContinuousClock.now
    if try NodeTable.renew(lease.epoch, in: database) {
      lease.renewed(lease.epoch, asked: asked)
    } else {
      // Others took this gateway for gone. What it had claimed is theirs; it goes on as a new one.
      lease.renewed(try NodeTable.begin(name, place: place, in: database), asked: asked)
    }
    if mayEndOthers { try NodeTable.endSilent(lease: limits.lease, in: database) }
    lease.learned(try NodeTable.share(of: lease.epoch, lease: limits.lease, in: database))
    if try NodeTable.hasLostClaims(in: database) {
      writer.submit(
        StoreChange(
          perform: { [time] transaction throws(SQLError) in
            _ = try NodeTable.giveBack(in: transaction, at: time.now())
            return {}
          },
          // The next look finds the same claims again.
          fail: { _ in }))
    }
  }
}
