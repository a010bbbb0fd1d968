import SQLKit
import Synchronization
import ThreadKit

/// The store's one writing thread: takes every change that waits, carries all out in one transaction, commits, and only
/// then lets each caller know.
///
/// While one batch is being synced the next one gathers, so a busy gateway pays for one sync per batch and an idle one
/// waits for nobody. A change that breaks the schema's rules fails alone: its batch is undone and carried out again one
/// by one. After the disk failed, every change of the batch fails and the file is opened anew before the next one.
final class GroupCommitWriter: Sendable {
  struct Change: Sendable {
    /// Carries out the change inside the transaction and returns what to do once it is durable.
    let perform: @Sendable (SQLiteDatabase) throws(SQLError) -> @Sendable () -> Void
    let fail: @Sendable (StoreError) -> Void
  }

  /// Changes carried out in one transaction at most: bounds how long a single commit can take.
  static let batchLimit = 512

  private let mailbox = Mailbox<Change>()
  private let writable = Atomic<Bool>(true)
  private let thread: Mutex<WorkerThread?> = Mutex(nil)
  /// Makes a connection to the file: at the start, and again after the disk failed.
  private let connect: @Sendable () throws(SQLError) -> SQLiteDatabase

  /// Takes over an open connection; `connect` opens the next one should it be needed.
  init(
    first: sending SQLiteDatabase, connect: @escaping @Sendable () throws(SQLError) -> SQLiteDatabase
  ) {
    self.connect = connect
    // The connection belongs to the writing thread from here on; the box hands it over once.
    let handover = Handover(first)
    let worker = WorkerThread(name: "store") { [self] in run(handover.take()) }
    thread.withLock { $0 = worker }
  }

  var isWritable: Bool { writable.load(ordering: .acquiring) }

  func submit(_ change: Change) {
    if !mailbox.put(change) {
      change.fail(StoreError(code: .closed, message: "the store is closing; send the same request again later"))
    }
  }

  /// Finishes what waits and ends the thread.
  func close() {
    mailbox.close()
    thread.withLock { $0 }?.join()
  }

  private func run(_ first: SQLiteDatabase?) {
    var database = first
    while !mailbox.isDrained {
      let batch = mailbox.takeAll(limit: Self.batchLimit)
      if batch.isEmpty { continue }
      database = commit(batch, on: database)
    }
  }

  /// Returns the connection to go on with, or nil when it has to be opened anew.
  private func commit(_ batch: [Change], on existing: SQLiteDatabase?) -> SQLiteDatabase? {
    let database: SQLiteDatabase
    do throws(SQLError) {
      database = if let existing { existing } else { try connect() }
    } catch {
      return fail(batch, with: error)
    }
    do throws(SQLError) {
      var completions: [@Sendable () -> Void] = []
      completions.reserveCapacity(batch.count)
      try database.transaction { () throws(SQLError) in
        for change in batch { completions.append(try change.perform(database)) }
      }
      writable.store(true, ordering: .releasing)
      for completion in completions { completion() }
      return database
    } catch {
      switch error.code {
      case .constraint, .statement, .other:
        guard batch.count > 1 else {
          batch[0].fail(StoreError(error))
          return database
        }
        var next: SQLiteDatabase? = database
        for change in batch { next = commit([change], on: next) }
        return next
      case .busy, .conflict, .timedOut:
        for change in batch { change.fail(StoreError(error)) }
        return database
      case .inputOutput, .full, .cannotOpen, .corrupt, .readOnly, .migration, .settings, .connectionLost,
        .commitUnknown:
        return fail(batch, with: error)
      }
    }
  }

  private func fail(_ batch: [Change], with error: SQLError) -> SQLiteDatabase? {
    writable.store(false, ordering: .releasing)
    for change in batch { change.fail(StoreError(error)) }
    return nil
  }
}

/// Gives a value that is not Sendable to another thread, once.
private final class Handover: @unchecked Sendable {
  // Sendable because the value goes in before the receiving thread exists, comes out there, and is not touched again
  // on the giving side (`sending` in the initialiser holds callers to that).
  private var value: SQLiteDatabase?
  init(_ value: sending SQLiteDatabase) { self.value = value }

  func take() -> SQLiteDatabase? {
    defer { value = nil }
    return value
  }
}
