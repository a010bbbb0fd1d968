import CPostgreSQL

/// A prepared statement of one PostgreSQL connection: bind, step through the rows, reset.
///
/// The first `step` sends it and waits for all its rows, which are kept until `reset`: a text that could find many says
/// LIMIT. Other statements of the connection may run while rows are read.
package final class PostgreSQLStatement: SQLStatement {
  enum Preparation {
    case missing
    /// Sent, its answer not yet read.
    case underWay
    case done
  }

  package let sql: String
  /// What the server calls it.
  let name: String
  let parameters: PostgreSQLParameters
  /// Whether it only reads, so that a lost connection leaves nothing open.
  let isReading: Bool
  var preparation = Preparation.missing
  // The connection keeps its statements; it outlives them, and a strong reference would be a cycle.
  private unowned let database: PostgreSQLDatabase
  private var values: [SQLValue] = []
  private var rows: OpaquePointer?
  private var row: Int32 = -1

  init(database: PostgreSQLDatabase, sql: String, name: String) {
    self.database = database
    self.sql = sql
    self.name = name
    parameters = PostgreSQLParameters(translating: sql)
    let word = sql.drop { $0.isWhitespace }.prefix(6).uppercased()
    isReading = word == "SELECT"
  }

  deinit { PQclear(rows) }

  /// Sets the parameters in their order; those that are not given are NULL.
  package func bind(_ values: [SQLValue]) throws(SQLError) {
    guard values.count <= parameters.count else {
      throw SQLError(
        code: .statement, message: "\(values.count) values for \(parameters.count) parameters", statement: sql)
    }
    self.values = values
    for _ in values.count..<parameters.count { self.values.append(.null) }
  }

  /// Moves to the next row; false when there is none.
  package func step() throws(SQLError) -> Bool {
    if rows == nil {
      if values.count < parameters.count { try bind([]) }
      row = -1
      rows = try database.fetch(self)
    }
    row += 1
    return row < PQntuples(rows)
  }

  package func reset() {
    PQclear(rows)
    rows = nil
    values = []
  }

  // MARK: Columns of the current row, counted from 0

  package func isNull(_ column: Int) -> Bool { PQgetisnull(rows, row, Int32(column)) == 1 }

  package func integer(_ column: Int) -> Int64 {
    if isNull(column) { return 0 }
    let bytes = bytes(column)
    switch (type(column), bytes.count) {
    case (.bool, 1): return Int64(bytes[0])
    case (.int2, 2): return Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
    case (.int4, 4): return Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
    case (.int8, 8): return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
    case (let type, _):
      preconditionFailure("column \(column) has the type \(type.rawValue) and is read as an integer; CAST it: \(sql)")
    }
  }

  package func text(_ column: Int) -> String {
    if isNull(column) { return "" }
    switch type(column) {
    case .int2, .int4, .int8: return String(integer(column))
    case .text, .varchar, .name, .unknown, .bytea: return String(decoding: bytes(column), as: UTF8.self)
    case let type:
      preconditionFailure("column \(column) has the type \(type.rawValue) and is read as text; CAST it: \(sql)")
    }
  }

  package func blob(_ column: Int) -> [UInt8] {
    if isNull(column) { return [] }
    switch type(column) {
    case .bytea, .text, .varchar: return [UInt8](bytes(column))
    case let type:
      preconditionFailure("column \(column) has the type \(type.rawValue) and is read as bytes; CAST it: \(sql)")
    }
  }

  private func type(_ column: Int) -> PostgreSQLType {
    precondition(row >= 0 && row < PQntuples(rows), "a column is read while there is no row: \(sql)")
    return PostgreSQLType(rawValue: PQftype(rows, Int32(column)))
  }

  /// In PostgreSQL's binary form, valid until `reset`.
  private func bytes(_ column: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: PQgetvalue(rows, row, Int32(column)), count: Int(PQgetlength(rows, row, Int32(column))))
  }

  // MARK: Sending

  /// Bytes of the bound values, for the limit of what is sent ahead.
  var valueBytes: Int {
    values.reduce(0) { sum, value in
      switch value {
      case .null: sum
      case .integer: sum + 8
      case .text(let text): sum + text.utf8.count
      case .blob(let bytes): sum + bytes.count
      }
    }
  }

  /// Hands the statement with its values to libpq, which copies them; false when the connection is of no use.
  func send(on handle: OpaquePointer) -> Bool {
    if values.count < parameters.count { for _ in values.count..<parameters.count { values.append(.null) } }
    return PostgreSQLValues.lend(values) { lent in
      PQsendQueryPrepared(handle, name, Int32(lent.pointers.count), lent.pointers, lent.lengths, lent.formats, 1) == 1
    }
  }
}
