import CSQLite

extension SQLError {
  /// Copies SQLite's error whole and at once, before another call on the connection can replace it.
  init(sqlite handle: OpaquePointer?, result: Int32, statement: String? = nil) {
    let extended = handle.map { sqlite3_extended_errcode($0) } ?? result
    let text = handle.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
    self.init(
      code: Self.code(forPrimary: result & 0xff),
      engineCode: String(extended == SQLITE_OK ? result : extended),
      message: text ?? String(cString: sqlite3_errstr(result)),
      statement: statement)
  }

  private static func code(forPrimary primary: Int32) -> Code {
    switch primary {
    case SQLITE_CANTOPEN, SQLITE_NOTADB, SQLITE_PERM, SQLITE_AUTH: .cannotOpen
    case SQLITE_BUSY, SQLITE_LOCKED: .busy
    case SQLITE_IOERR: .inputOutput
    case SQLITE_FULL: .full
    case SQLITE_CORRUPT: .corrupt
    case SQLITE_READONLY: .readOnly
    case SQLITE_CONSTRAINT: .constraint
    case SQLITE_ERROR, SQLITE_MISUSE, SQLITE_RANGE, SQLITE_SCHEMA, SQLITE_MISMATCH: .statement
    default: .other
    }
  }
}
