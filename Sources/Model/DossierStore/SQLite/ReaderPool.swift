import SQLKit
import Synchronization

/// Read-only connections beside the writer, each lent to one thread at a time.
final class ReaderPool: Sendable {
  /// Connections kept for the next reader; more may exist while many read at once.
  static let keptLimit = 4

  private let path: String
  private let kept = Mutex<[Lent]>([])

  /// Carries an idle connection between threads.
  private final class Lent: @unchecked Sendable {
    // Sendable because whoever took it out of the pool is the only one to hold it until it is put back.
    let database: SQLiteDatabase
    init(_ database: SQLiteDatabase) { self.database = database }
  }

  init(path: String) { self.path = path }

  func read<Result>(_ body: (SQLiteDatabase) throws(SQLError) -> Result) throws(StoreError) -> Result {
    do throws(SQLError) {
      let lent: Lent
      if let idle = kept.withLock({ $0.popLast() }) { lent = idle } else { lent = try open() }
      let result = try body(lent.database)
      kept.withLock { if $0.count < Self.keptLimit { $0.append(lent) } }
      return result
    } catch {
      // A connection that failed is not put back.
      throw StoreError(error)
    }
  }

  /// Lets idle connections go.
  func close() { kept.withLock { $0.removeAll() } }

  private func open() throws(SQLError) -> Lent {
    var options = SQLiteDatabase.Options()
    options.readOnly = true
    options.cacheKibibytes = 2_048
    return Lent(try SQLiteDatabase(path: path, options: options))
  }
}
