/// Where one value is stored: a column of the row that an integer key names.
package struct SQLValuePlace: Sendable {
  package var table: StaticString
  /// The column that holds the key; in SQLite the row's own number (`INTEGER PRIMARY KEY`).
  package var key: StaticString
  package var column: StaticString
  package var row: Int64

  package init(table: StaticString, key: StaticString, column: StaticString, row: Int64) {
    self.table = table
    self.key = key
    self.column = column
    self.row = row
  }
}
