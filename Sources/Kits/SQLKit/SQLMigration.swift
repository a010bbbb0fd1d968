/// One numbered, forward-only step of a database's shape.
package struct SQLMigration: Sendable {
  /// Steps are numbered 1, 2, 3 … without gaps.
  package let number: Int
  package let name: String
  package let sql: String

  package init(number: Int, name: String, sql: String) {
    self.number = number
    self.name = name
    self.sql = sql
  }
}
