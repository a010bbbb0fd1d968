import SQLKit

/// Carries out operators' orders on a store's file from outside the gateway, which may be running or not.
///
/// It is no deliverer and begins no epoch. A running gateway sees the change with its next look into the store
/// (`DelivererLimits.sweepPeriod`). Each order is one commit.
package final class SQLiteOperatorDesk {
  private let database: SQLiteDatabase

  /// Opens the file, which a gateway has made and brought to its newest shape.
  package init(path: String) throws(StoreError) {
    do throws(SQLError) {
      database = try SQLiteDatabase(path: path)
      try database.migrate(SQLMigration.dossierStore)
    } catch {
      throw StoreError(error)
    }
  }

  package func carryOut(_ order: OperatorOrder) throws(StoreError) -> OperatorReport {
    do throws(SQLError) {
      return try database.transaction { () throws(SQLError) in try SQLiteDossierStore.carryOut(order, in: database) }
    } catch {
      throw StoreError(error)
    }
  }
}
