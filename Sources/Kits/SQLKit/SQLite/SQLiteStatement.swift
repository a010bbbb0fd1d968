import CSQLite

/// A prepared statement of one connection: bind, step through the rows, reset.
///
/// Values are copied by SQLite when bound, columns are copied out when read, so nothing outlives a row.
package final class SQLiteStatement: SQLStatement {
  private var handle: OpaquePointer?
  // The connection keeps its statements; it outlives them, and a strong reference would be a cycle.
  private unowned let database: SQLiteDatabase
  package let sql: String

  // SQLITE_TRANSIENT, which the importer does not see: a "destructor" of −1 tells SQLite to copy at once.
  private static var copyAtOnce: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

  init(database: SQLiteDatabase, sql: String) throws(SQLError) {
    var prepared: OpaquePointer?
    let result = sqlite3_prepare_v3(database.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard result == SQLITE_OK, prepared != nil else {
      throw SQLError(sqlite: database.handle, result: result, statement: sql)
    }
    handle = prepared
    self.database = database
    self.sql = sql
  }

  deinit { finalise() }

  /// Frees the statement; the connection calls it before it closes.
  func finalise() {
    sqlite3_finalize(handle)
    handle = nil
  }

  package func bind(_ values: [SQLValue]) throws(SQLError) {
    for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
  }

  private func bind(_ value: SQLValue, at index: Int32) throws(SQLError) {
    let result: Int32
    switch value {
    case .null:
      result = sqlite3_bind_null(handle, index)
    case .integer(let number):
      result = sqlite3_bind_int64(handle, index, number)
    case .text(var text):
      result = text.withUTF8 { bytes in
        // An empty buffer has no address, which SQLite would take for NULL.
        guard let base = bytes.baseAddress else {
          return sqlite3_bind_text64(handle, index, "", 0, nil, UInt8(SQLITE_UTF8))
        }
        return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
          sqlite3_bind_text64(handle, index, $0, UInt64(bytes.count), Self.copyAtOnce, UInt8(SQLITE_UTF8))
        }
      }
    case .blob(let bytes):
      result = bytes.withUnsafeBytes { buffer in
        guard let base = buffer.baseAddress, !buffer.isEmpty else { return sqlite3_bind_zeroblob(handle, index, 0) }
        return sqlite3_bind_blob64(handle, index, base, UInt64(buffer.count), Self.copyAtOnce)
      }
    }
    guard result == SQLITE_OK else { throw SQLError(sqlite: database.handle, result: result, statement: sql) }
  }

  /// Moves to the next row; false when there is none.
  package func step() throws(SQLError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let result:
      let error = SQLError(sqlite: database.handle, result: result, statement: sql)
      sqlite3_reset(handle)
      throw error
    }
  }

  /// Makes the statement ready for new values and forgets the old ones.
  package func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  // MARK: Columns of the current row, counted from 0

  package func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }
  package func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

  package func text(_ column: Int) -> String {
    guard let bytes = sqlite3_column_text(handle, Int32(column)) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  package func blob(_ column: Int) -> [UInt8] {
    guard let bytes = sqlite3_column_blob(handle, Int32(column)) else { return [] }
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))
  }
}
