import SQLKit

/// Inserts with nothing of the store around them, so many to a commit: what the database itself can do.
enum BareInserts {
  /// What is kept of a message.
  enum Kept {
    /// Its bytes in one table.
    case message
    /// Its bytes, and those for its recipient in a second table, as a gateway that sends them again must.
    case messageAndDelivery
  }

  /// Messages a second.
  static func measure<Database: SQLDatabase>(
    _ database: Database, messages: Int, batch: Int, bytes: Int, _ kept: Kept
  ) throws -> Double {
    let (key, blob) = database is SQLiteDatabase ? ("INTEGER", "BLOB") : ("BIGINT", "BYTEA")
    try database.execute(
      "CREATE TABLE bare_message(number \(key) PRIMARY KEY, bytes \(blob)); "
        + "CREATE TABLE bare_delivery(number \(key) PRIMARY KEY, bytes \(blob))")
    let body = BenchPayload.bytes(bytes)
    let start = Clock.seconds
    var number = 0
    while number < messages {
      let end = min(messages, number + batch)
      try database.transaction { () throws(SQLError) in
        for next in number..<end {
          try database.run("INSERT INTO bare_message VALUES(?, ?)", [.integer(Int64(next)), .blob(body)])
          guard kept == .messageAndDelivery else { continue }
          try database.run("INSERT INTO bare_delivery VALUES(?, ?)", [.integer(Int64(next)), .blob(body)])
        }
      }
      number = end
    }
    return Double(messages) / (Clock.seconds - start)
  }
}

extension SQLiteDatabase.Options {
  /// Nothing between SQLite and its files, for comparisons with what anybody has.
  static var asSQLiteComes: Self {
    var options = Self()
    options.gathersLog = false
    return options
  }
}
