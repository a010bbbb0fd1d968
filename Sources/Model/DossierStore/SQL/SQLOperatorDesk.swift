package import DossierModel
import SQLKit

/// Carries out operators' orders on a store from outside the gateways, which may be running or not.
///
/// It is no deliverer and begins no epoch. A running gateway sees the change with its next look into the store
/// (`DelivererLimits.sweepPeriod`), on PostgreSQL at once. Each order is one commit.
package final class SQLOperatorDesk {
  private let engine: any StoreEngine
  private let database: any SQLDatabase
  private let conductor: (any ProcedureConductor)?

  /// Opens the store, which a gateway has made, and brings it to its newest shape.
  package init(_ location: StoreLocation, conductor: (any ProcedureConductor)? = nil) throws(StoreError) {
    self.conductor = conductor
    engine = location.engine()
    do throws(SQLError) {
      database = try engine.openWriter()
    } catch {
      throw StoreError(error)
    }
  }

  package func carryOut(_ order: OperatorOrder) throws(StoreError) -> OperatorReport {
    try commit { transaction throws(SQLError) in try transaction.carryOut(order) }
  }

  package func resend(_ order: ResendOrder) throws(StoreError) -> ResendOutcome {
    try commit { transaction throws(SQLError) in try transaction.resend(order) }
  }

  /// False when there is no such poll or item.
  package func carryOut(_ order: PollOrder) throws(StoreError) -> Bool {
    try commit { transaction throws(SQLError) in try transaction.carryOut(order) }
  }

  /// False when there is no such procedure, or its conductor wants nothing written.
  package func conduct(_ order: ConductOrder) throws(StoreError) -> Bool {
    try commit { transaction throws(SQLError) in try transaction.conduct(order) }
  }

  private func commit<Value>(_ body: (StoreTransaction) throws(SQLError) -> Value) throws(StoreError) -> Value {
    do throws(SQLError) {
      for _ in 1..<GroupCommitWriter.conflictLimit {
        do throws(SQLError) {
          return try attempt(body)
        } catch  where error.code == .conflict {
          // It stood in a gateway's way, which went first.
        }
      }
      return try attempt(body)
    } catch {
      throw StoreError(error)
    }
  }

  private func attempt<Value>(_ body: (StoreTransaction) throws(SQLError) -> Value) throws(SQLError) -> Value {
    try database.transaction { () throws(SQLError) in
      let transaction = StoreTransaction(
        database, try engine.lookup(for: [], in: database), engine.texts, conductor: conductor)
      let value = try body(transaction)
      if !transaction.ready.isEmpty { try engine.announce(transaction.ready, in: database) }
      return value
    }
  }
}
