import DossierModel
import SQLKit
import ServiceKit
import Synchronization
import ThreadKit

/// The store's one writing thread: takes every change that waits, carries all out in one transaction, commits, and only
/// then lets each caller know.
///
/// While one batch is being synced the next one gathers, so a busy gateway pays for one sync per batch and an idle one
/// waits for nobody. A change that breaks the schema's rules fails alone: its batch is undone and carried out again one
/// by one. A batch that stood in another gateway's way is carried out again, and once more on a new connection one whose
/// connection broke before its commit. After the disk failed, or if there is no new connection, every change of the batch
/// fails and the database is opened anew before the next one. If a connection breaks during a
/// commit, the batch waits until the database says whether it is stored: nobody is told a guess.
///
/// After a failure the store is for reading only: each change is still tried, and while none comes the writer tries by
/// itself (`StoreLimits.probePause`), so that it says that it takes changes again also to somebody who waits for that
/// before sending any. What senders may pile up meanwhile is bounded (`WaitingRoom`).
final class GroupCommitWriter: Sendable {
  /// How often a batch that stands in another gateway's way is carried out before it counts as failed.
  static let conflictLimit = 5
  /// How long it waits before it asks again what became of a commit.
  static let doubtPause = Duration.milliseconds(200)

  private let engine: any StoreEngine
  private let wrapping: (any DatabaseWrapping)?
  private let conductor: (any ProcedureConductor)?
  private let announceReady: @Sendable (Set<PartyID>) -> Void
  private let limits: StoreLimits
  private let time: any TimeSource
  private let room: WaitingRoom
  private let mailbox = Mailbox<StoreChange>()
  private let writable = Atomic<Bool>(true)
  /// When the database said last that it is full.
  private let fullAt = Mutex<ContinuousClock.Instant?>(nil)
  private let thread: Mutex<WorkerThread?> = Mutex(nil)
  /// Of a writer without a thread of its own, between two calls.
  private let idle = Idle()

  /// Takes over an open connection; the engine opens the next one should it be needed. `announceReady` is called after
  /// each commit that made deliveries ready, with their destinations.
  init(
    engine: any StoreEngine, first: sending any SQLDatabase, wrapping: (any DatabaseWrapping)?,
    conductor: (any ProcedureConductor)?, limits: StoreLimits, time: any TimeSource,
    announceReady: @escaping @Sendable (Set<PartyID>) -> Void
  ) {
    self.engine = engine
    self.announceReady = announceReady
    self.limits = limits
    self.time = time
    room = WaitingRoom(limits)
    self.wrapping = wrapping
    self.conductor = conductor
    // The connection belongs to the writing thread from here on; the box hands it over once.
    let handover = if let wrapping { Handover(wrapping.wrap(first)) } else { Handover(first) }
    let worker = WorkerThread(name: "store") { [self] in run(handover.take()) }
    thread.withLock { $0 = worker }
  }

  /// A writer without a thread of its own: `commitWaiting` does its work when its owner wants.
  init(
    driven engine: any StoreEngine, first: sending any SQLDatabase, wrapping: any DatabaseWrapping,
    conductor: (any ProcedureConductor)?, limits: StoreLimits, announceReady: @escaping @Sendable (Set<PartyID>) -> Void
  ) {
    self.engine = engine
    self.wrapping = wrapping
    self.conductor = conductor
    self.announceReady = announceReady
    self.limits = limits
    time = SystemTimeSource()
    room = WaitingRoom(limits)
    idle.database = wrapping.wrap(first)
  }

  /// One batch of what waits; false when nothing does. Only for a writer that is driven, by one thread at a time.
  func commitWaiting() -> Bool {
    let batch = mailbox.takeAll(limit: engine.batchLimit, timeout: .zero)
    guard !batch.isEmpty else { return false }
    idle.database = commit(batch, on: idle.database)
    room.leave(batch)
    return true
  }

  var isWritable: Bool { writable.load(ordering: .acquiring) }

  /// What senders wait for now.
  var waiting: WaitingRoom.Crowd { room.now }

  /// Whether the database has said within this time that it is full.
  func wasFull(within time: Duration) -> Bool {
    fullAt.withLock { $0.map { ContinuousClock.now - $0 < time } } ?? false
  }

  func submit(_ change: StoreChange) {
    guard room.enter(change) else { return change.fail(.overloaded) }
    if !mailbox.put(change) {
      room.leave([change])
      change.fail(StoreError(code: .closed, message: "the store is closing; send the same request again later"))
    }
  }

  /// Finishes what waits and ends the thread.
  func close() {
    mailbox.close()
    if let thread = thread.withLock({ $0 }) { thread.join() } else { while commitWaiting() {} }
  }

  private func open() throws(SQLError) -> any SQLDatabase {
    guard let wrapping else { return try engine.openWriter() }
    return wrapping.wrap(try engine.openWriter())
  }

  private func run(_ first: (any SQLDatabase)?) {
    var database = first
    while !mailbox.isDrained {
      let batch = mailbox.takeAll(limit: engine.batchLimit, timeout: isWritable ? nil : limits.probePause)
      if !batch.isEmpty {
        database = commit(batch, on: database)
        room.leave(batch)
      } else if !isWritable, !mailbox.isDrained {
        database = commit([.probe(at: time.now())], on: database)
      }
    }
  }

  /// Returns the connection to go on with, or nil when it has to be opened anew.
  private func commit(_ batch: [StoreChange], on existing: (any SQLDatabase)?) -> (any SQLDatabase)? {
    let database: any SQLDatabase
    do throws(SQLError) {
      database = if let existing { existing } else { try open() }
    } catch {
      return fail(batch, with: error)
    }
    for attempt in 1... {
      var work = Work()
      do throws(SQLError) {
        try database.transaction { () throws(SQLError) in try carryOut(batch, on: database, &work) }
        finish(work)
        engine.committed(on: database)
        return database
      } catch {
        switch error.code {
        case .conflict where attempt < Self.conflictLimit: continue
        // The server was started anew since the last batch, or broke off this one: nothing of it is stored.
        case .connectionLost where existing != nil: return commit(batch, on: nil)
        case .constraint, .statement, .other: return commitOneByOne(batch, on: database, after: error)
        case .busy, .conflict, .timedOut:
          for change in batch { change.fail(StoreError(error)) }
          return database
        case .commitUnknown:
          if let mark = work.mark { return resolve(batch, work, mark, after: error) }
          return fail(batch, with: error)
        case .inputOutput, .full, .cannotOpen, .corrupt, .readOnly, .migration, .settings, .connectionLost:
          return fail(batch, with: error)
        }
      }
    }
    preconditionFailure("a batch is carried out or fails")
  }

  /// What a batch leaves to be done once it is durable.
  private struct Work {
    var completions: [@Sendable () -> Void] = []
    var ready: Set<PartyID> = []
    var mark: TransactionMark?
  }

  private func carryOut(
    _ batch: [StoreChange], on database: any SQLDatabase, _ work: inout Work
  ) throws(SQLError) {
    let transaction = StoreTransaction(
      database, try engine.lookup(for: batch, in: database), engine.texts, conductor: conductor)
    work.mark = transaction.lookup.mark
    work.completions.reserveCapacity(batch.count)
    for change in batch { work.completions.append(try change.perform(transaction)) }
    work.ready = transaction.ready
    if !work.ready.isEmpty { try engine.announce(work.ready, in: database) }
  }

  private func finish(_ work: Work) {
    writable.store(true, ordering: .releasing)
    for completion in work.completions { completion() }
    if !work.ready.isEmpty { announceReady(work.ready) }
  }

  private func commitOneByOne(
    _ batch: [StoreChange], on database: any SQLDatabase, after error: SQLError
  ) -> (any SQLDatabase)? {
    guard batch.count > 1 else {
      batch[0].fail(StoreError(error))
      return database
    }
    var next: (any SQLDatabase)? = database
    for change in batch { next = commit([change], on: next) }
    return next
  }

  private func fail(_ batch: [StoreChange], with error: SQLError) -> (any SQLDatabase)? {
    writable.store(false, ordering: .releasing)
    if error.code == .full { fullAt.withLock { $0 = ContinuousClock.now } }
    for change in batch { change.fail(StoreError(error)) }
    return nil
  }

  /// Asks the database, as soon as there is one, what became of a commit whose answer was lost. What comes meanwhile is
  /// turned away at once.
  private func resolve(
    _ batch: [StoreChange], _ work: Work, _ mark: TransactionMark, after error: SQLError
  ) -> (any SQLDatabase)? {
    writable.store(false, ordering: .releasing)
    repeat {
      do throws(SQLError) {
        let database = try engine.openWriter()
        if let isStored = try engine.isStored(mark, in: database) {
          if isStored { finish(work) } else { _ = fail(batch, with: SQLError(undone: error)) }
          return database
        }
      } catch {
        // It cannot be reached yet, or not as one that takes changes: the question stays open.
      }
      turnAway(for: Self.doubtPause, with: error)
    } while !mailbox.isDrained
    for change in batch { change.fail(StoreError(error)) }
    return nil
  }

  private func turnAway(for pause: Duration, with error: SQLError) {
    let end = ContinuousClock.now + pause
    while !mailbox.isDrained, case let left = end - .now, left > .zero {
      let changes = mailbox.takeAll(timeout: left)
      for change in changes { change.fail(StoreError(SQLError(undone: error))) }
      room.leave(changes)
    }
  }
}

extension StoreChange {
  /// Finds out whether anything can be written by writing it into the journal; what failed leaves no line. Writing what is
  /// there already would prove nothing: SQLite leaves a row alone that does not change.
  fileprivate static func probe(at now: Timestamp) -> StoreChange {
    StoreChange(
      perform: { transaction throws(SQLError) in
        try transaction.database.run(
          "INSERT INTO journal(at, event, actor, note) VALUES(?, 'writesAgain', 'gateway', 'the store had failed')",
          .integer(now.microseconds))
        return {}
      },
      fail: { _ in })
  }
}

extension StoreError {
  fileprivate static let overloaded = StoreError(
    code: .overloaded, message: "more changes wait than the store lets wait; send the same request again later")
}

extension SQLError {
  /// The same fault where it is certain that nothing was stored.
  fileprivate init(undone error: SQLError) {
    self.init(
      code: .connectionLost, engineCode: error.engineCode, message: error.message, statement: error.statement)
  }
}

/// Keeps a connection for whoever drives a writer.
private final class Idle: @unchecked Sendable {
  // Sendable because only `commitWaiting` and the initialiser touch it, one thread at a time by their contract.
  var database: (any SQLDatabase)?
}

/// Gives a value that is not Sendable to another thread, once.
private final class Handover: @unchecked Sendable {
  // Sendable because the value goes in before the receiving thread exists, comes out there, and is not touched again
  // on the giving side (`sending` in the initialiser holds callers to that).
  private var value: (any SQLDatabase)?
  init(_ value: sending any SQLDatabase) { self.value = value }

  func take() -> (any SQLDatabase)? {
    defer { value = nil }
    return value
  }
}
