import SQLKit
import Synchronization

/// Connections that only look, beside the writer, each lent to one thread at a time.
final class ReaderPool: Sendable {
  /// Connections kept for the next reader; more may exist while many read at once.
  static let keptLimit = 4

  private let engine: any StoreEngine
  private let wrapping: (any DatabaseWrapping)?
  private let kept = Mutex<[Lent]>([])

  /// Carries an idle connection between threads.
  private final class Lent: @unchecked Sendable {
    // Sendable because whoever took it out of the pool is the only one to hold it until it is put back.
    let database: any SQLDatabase
    init(_ database: sending any SQLDatabase) { self.database = database }
  }

  init(_ engine: any StoreEngine, wrapping: (any DatabaseWrapping)? = nil) {
    self.engine = engine
    self.wrapping = wrapping
  }

  func read<Result>(_ body: (any SQLDatabase) throws(SQLError) -> Result) throws(StoreError) -> Result {
    do throws(SQLError) {
      if let idle = kept.withLock({ $0.popLast() }) {
        do throws(SQLError) {
          return try read(on: idle, body)
        } catch  where error.code == .connectionLost {
          // The server was started anew since this connection was put back; the others are as old.
          close()
        }
      }
      return try read(on: Lent(try open()), body)
    } catch {
      throw StoreError(error)
    }
  }

  private func open() throws(SQLError) -> sending any SQLDatabase {
    guard let wrapping else { return try engine.openReader() }
    return wrapping.wrap(try engine.openReader())
  }

  /// A connection that failed is not put back.
  private func read<Result>(
    on lent: Lent, _ body: (any SQLDatabase) throws(SQLError) -> Result
  ) throws(SQLError) -> Result {
    let result = try body(lent.database)
    kept.withLock { if $0.count < Self.keptLimit { $0.append(lent) } }
    return result
  }

  /// Lets idle connections go.
  func close() { kept.withLock { $0.removeAll() } }
}
