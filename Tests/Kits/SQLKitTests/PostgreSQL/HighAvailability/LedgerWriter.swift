import GatewayTesting
import SQLKit
import Synchronization
import ThreadKit

/// A thread that stores numbered rows one transaction after the other, as a gateway does: it notes what was acknowledged,
/// and after any error it connects again and sends the same row under the same key.
final class LedgerWriter: Sendable {
  private let number: Int64
  private let configuration: PostgreSQLConfiguration
  private let acknowledgedRows = Atomic<Int>(0)
  private let isEnding = Atomic<Bool>(false)
  private let errors = Mutex<[SQLError.Code: Int]>([:])
  private let worker = Mutex<WorkerThread?>(nil)

  init(_ number: Int64, _ configuration: PostgreSQLConfiguration) {
    self.number = number
    self.configuration = configuration
    let thread = WorkerThread(name: "writer \(number)") { [self] in run() }
    worker.withLock { $0 = thread }
  }

  static func makeTable(_ configuration: PostgreSQLConfiguration) throws {
    try PostgreSQLDatabase(configuration).execute(
      "CREATE TABLE ledger(writer BIGINT, row BIGINT, body BYTEA NOT NULL, PRIMARY KEY(writer, row))")
  }

  /// Rows 0 ..< this were acknowledged.
  var acknowledged: Int { acknowledgedRows.load(ordering: .acquiring) }
  var seenErrors: [SQLError.Code: Int] { errors.withLock { $0 } }

  func stop() {
    isEnding.store(true, ordering: .releasing)
    worker.withLock { $0 }?.join()
  }

  private func run() {
    var database: PostgreSQLDatabase?
    let body = SQLValue.blob([UInt8](repeating: 1, count: 2_000))
    while !isEnding.load(ordering: .acquiring) {
      do throws(SQLError) {
        let current = if let database { database } else { try PostgreSQLDatabase(configuration) }
        database = current
        let row = acknowledged
        try current.transaction { () throws(SQLError) in
          try current.run(
            "INSERT INTO ledger VALUES(?, ?, ?) ON CONFLICT DO NOTHING", .integer(number), .integer(Int64(row)), body)
        }
        acknowledgedRows.store(row + 1, ordering: .releasing)
      } catch {
        errors.withLock { $0[error.code, default: 0] += 1 }
        database = nil
        shortRest()
      }
    }
  }
}
