import CSQLite

extension SQLiteDatabase {
  /// Zeros are written where the value stands (https://sqlite.org/c3ref/blob_open.html), so that each step puts no more
  /// than its limit into the log. Deleted at once, all pages of the value would go there together, because freed pages are
  /// overwritten. Behind the last zero the value is emptied without that, which writes its pages' names and nothing else. The
  /// row is then deleted as any other: a deletion may move the rows beside it to other pages, and what it leaves of them
  /// has to be overwritten.
  package func erase(_ place: SQLValuePlace, from offset: Int, limit: Int) throws(SQLError) -> Bool {
    precondition(isInTransaction && offset >= 0 && limit > 0)
    guard let length = try length(of: place) else { return true }
    guard offset >= length else {
      try overwrite(place, offset..<min(offset + limit, length))
      return false
    }
    try execute("PRAGMA secure_delete=FAST")
    do {
      // The next statement overwrites again, also after an error.
      defer { try? execute("PRAGMA secure_delete=ON") }
      try change("UPDATE \(place.table) SET \(place.column) = zeroblob(0) WHERE \(place.key) = ?", place.row)
    }
    try change("DELETE FROM \(place.table) WHERE \(place.key) = ?", place.row)
    return true
  }

  private func change(_ sql: String, _ row: Int64) throws(SQLError) {
    let statement = try prepare(sql)
    defer { statement.reset() }
    try statement.bind(.integer(row))
    _ = try statement.step()
  }

  /// Bytes of a value; nil if there is no such row.
  private func length(of place: SQLValuePlace) throws(SQLError) -> Int? {
    let row = try prepare("SELECT length(\(place.column)) FROM \(place.table) WHERE \(place.key) = ?")
    defer { row.reset() }
    try row.bind(.integer(place.row))
    return try row.step() ? Int(row.integer(0)) : nil
  }

  private func overwrite(_ place: SQLValuePlace, _ range: Range<Int>) throws(SQLError) {
    var value: OpaquePointer?
    defer { sqlite3_blob_close(value) }
    try check(
      sqlite3_blob_open(handle, "main", place.table.description, place.column.description, place.row, 1, &value))
    try check(
      [UInt8](repeating: 0, count: range.count).withUnsafeBytes {
        sqlite3_blob_write(value, $0.baseAddress, Int32($0.count), Int32(range.lowerBound))
      })
  }

  private func check(_ result: Int32) throws(SQLError) {
    guard result == SQLITE_OK else { throw SQLError(sqlite: handle, result: result) }
  }
}
