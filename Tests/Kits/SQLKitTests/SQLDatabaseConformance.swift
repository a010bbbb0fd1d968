import GatewayTesting
import SQLKit
import Testing

@Suite("An SQL connection of either engine")
struct SQLDatabaseConformance {
  private static let citizen = "001299000001"

  @Test("gives back every kind of value as it was bound, empty ones included", arguments: TestEngine.allCases)
  func values(engine: TestEngine) throws {
    let place = engine.make()
    let database = try place.connect()
    try database.execute(
      "CREATE TABLE t(a BIGINT, b BIGINT, c TEXT, d \(engine.bytes), e TEXT, f TEXT, g \(engine.bytes))")
    try database.run(
      "INSERT INTO t VALUES(?, ?, ?, ?, ?, ?, ?)", .integer(.min), .integer(.max), .text("Hồ sơ số 1"),
      .blob([0, 255]), .null, .text(""), .blob([]))
    let row = try database.prepare("SELECT a, b, c, d, e, f, g FROM t")
    #expect(try row.step())
    #expect(row.integer(0) == .min && row.integer(1) == .max)
    #expect(row.text(2) == "Hồ sơ số 1")
    #expect(row.blob(3) == [0, 255])
    #expect(row.isNull(4) && row.optionalText(4) == nil && row.optionalBlob(4) == nil && row.optionalInteger(4) == nil)
    #expect(row.text(4) == "" && row.blob(4) == [] && row.integer(4) == 0)
    #expect(!row.isNull(5) && row.text(5) == "")
    #expect(!row.isNull(6) && row.blob(6) == [])
    #expect(try !row.step())
  }

  @Test("takes a bound value for every width of integer", arguments: TestEngine.allCases)
  func widths(engine: TestEngine) throws {
    let place = engine.make()
    let database = try place.connect()
    try database.execute("CREATE TABLE t(a SMALLINT, b INTEGER, c BIGINT)")
    try database.run("INSERT INTO t VALUES(?, ?, ?)", .integer(-32_768), .integer(2_147_483_647), .integer(.max))
    #expect(
      try database.number("SELECT count(*) FROM t WHERE a = ? AND b = ?", .integer(-32_768), .integer(2_147_483_647))
        == 1)
    let row = try database.prepare("SELECT a, b, c, a < 0 FROM t")
    #expect(try row.step())
    #expect(row.integer(0) == -32_768 && row.integer(1) == 2_147_483_647 && row.integer(2) == .max)
    #expect(row.integer(3) == 1)
    #expect(row.text(1) == "2147483647")
  }

  @Test("removes a large value with its row step by step, and no other", arguments: TestEngine.allCases)
  func erasing(engine: TestEngine) throws {
    let place = engine.make()
    let database = try place.connect()
    let number = engine == .sqlite ? "INTEGER" : "BIGINT"
    try database.execute("CREATE TABLE t(n \(number) PRIMARY KEY, a \(engine.bytes) NOT NULL)")
    for row in 1...3 {
      try database.run(
        "INSERT INTO t VALUES(?, ?)", .integer(Int64(row)), .blob([UInt8](repeating: 7, count: 100_000)))
    }
    let value = SQLValuePlace(table: "t", key: "n", column: "a", row: 2)
    var steps = 0
    while try !database.transaction({ () throws(SQLError) in
      try database.erase(value, from: steps * 30_000, limit: 30_000)
    }) {
      steps += 1
    }
    #expect(steps == (engine == .sqlite ? 4 : 0))
    #expect(try database.number("SELECT count(*) FROM t WHERE length(a) = 100000") == 2)
    #expect(try database.number("SELECT count(*) FROM t WHERE n = 2") == 0)
    let isGone = try database.transaction { () throws(SQLError) in try database.erase(value, from: 0, limit: 1) }
    #expect(isGone, "what is gone is gone")
  }

  @Test("keeps values of 8 MB whole", arguments: TestEngine.allCases)
  func bigValues(engine: TestEngine) throws {
    let place = engine.make()
    let database = try place.connect()
    try database.execute("CREATE TABLE t(a \(engine.bytes), b TEXT)")
    let bytes = (0..<8_388_608).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
    let text = String(repeating: "Nguyễn Thị Ánh ", count: 400_000)
    try database.transaction { () throws(SQLError) in
      try database.run("INSERT INTO t VALUES(?, ?)", .blob(bytes), .text(text))
      try database.run("INSERT INTO t VALUES(?, ?)", .blob(bytes.reversed()), .null)
    }
    let row = try database.prepare("SELECT a, b FROM t ORDER BY b IS NULL")
    #expect(try row.step())
    #expect(row.blob(0) == bytes && row.text(1) == text)
    #expect(try row.step())
    #expect(row.blob(0) == bytes.reversed() && row.isNull(1))
  }

  @Test(
    "counts parameters as SQLite does, leaves missing ones NULL and refuses one too many",
    arguments: TestEngine.allCases)
  func parameters(engine: TestEngine) throws {
    let place = engine.make()
    let database = try place.connect()
    try database.execute("CREATE TABLE t(a BIGINT, b TEXT, c TEXT)")
    try database.run("INSERT INTO t VALUES(?2, ?1, ?1 || '?')", .text("x"), .integer(5))
    try database.run("INSERT INTO t VALUES(?, ?, 'y')", .integer(6))
    let rows = try database.prepare("SELECT a, b, c FROM t WHERE a >= ? ORDER BY a")
    try rows.bind(.integer(5))
    #expect(try rows.step())
    #expect(rows.integer(0) == 5 && rows.text(1) == "x" && rows.text(2) == "x?")
    #expect(try rows.step())
    #expect(rows.integer(0) == 6 && rows.isNull(1))
    let error = #expect(throws: SQLError.self) {
      try database.run("INSERT INTO t VALUES(?, 'a', 'b')", .integer(1), .integer(2))
    }
    #expect(error?.code == .statement)
  }

  @Test("gives the key of a new row", arguments: TestEngine.allCases)
  func returning(engine: TestEngine) throws {
    let place = engine.make()
    let database = try place.connect()
    let key =
      engine == .sqlite ? "INTEGER PRIMARY KEY AUTOINCREMENT" : "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    try database.execute("CREATE TABLE t(number \(key), a TEXT)")
    let insert = try database.prepare("INSERT INTO t(a) VALUES(?) RETURNING number")
    for expected in 1...3 as ClosedRange<Int64> {
      try insert.bind(.text("x"))
      #expect(try insert.step() && insert.integer(0) == expected)
      insert.reset()
    }
    #expect(try database.number("SELECT count(*) FROM t") == 3)
  }

  @Test("runs other statements while rows are read", arguments: TestEngine.allCases)
  func nested(engine: TestEngine) throws {
    let place = engine.make()
    let database = try place.connect()
    try database.execute("CREATE TABLE t(a BIGINT); INSERT INTO t VALUES(1), (2), (3)")
    let rows = try database.prepare("SELECT a FROM t ORDER BY a")
    var seen: [Int64] = []
    while try rows.step() {
      seen.append(rows.integer(0))
      #expect(try database.number("SELECT max(a) FROM t WHERE a <= ?", .integer(rows.integer(0))) == seen.last)
    }
    #expect(seen == [1, 2, 3])
  }

  @Test("shows others what a transaction did when it ends, and nothing before", arguments: TestEngine.allCases)
  func isolation(engine: TestEngine) throws {
    let place = engine.make()
    let database = try place.connect()
    let other = try place.connect()
    try database.execute("CREATE TABLE t(a BIGINT)")
    try database.transaction { () throws(SQLError) in
      try database.run("INSERT INTO t VALUES(?)", .integer(1))
      #expect(try database.number("SELECT count(*) FROM t") == 1)
      #expect(try other.number("SELECT count(*) FROM t") == 0)
    }
    #expect(try other.number("SELECT count(*) FROM t") == 1)
  }

  @Test("undoes the whole transaction when its body throws, and goes on after it", arguments: TestEngine.allCases)
  func rollback(engine: TestEngine) throws {
    let place = engine.make()
    let database = try place.connect()
    try database.execute("CREATE TABLE t(a BIGINT NOT NULL)")
    let given = SQLError(code: .other, message: "given up")
    let error = #expect(throws: SQLError.self) {
      try database.transaction { () throws(SQLError) in
        try database.run("INSERT INTO t VALUES(?)", .integer(1))
        throw given
      }
    }
    #expect(error?.message == "given up")
    #expect(try database.number("SELECT count(*) FROM t") == 0)
    try database.transaction { () throws(SQLError) in try database.run("INSERT INTO t VALUES(?)", .integer(2)) }
    #expect(try database.number("SELECT sum(a) = 2 FROM t") == 1)
  }

  @Test(
    "throws a broken rule of any statement of a transaction, names that statement and never the value",
    arguments: TestEngine.allCases, [0, 1, 299])
  func constraint(engine: TestEngine, place broken: Int) throws {
    let place = engine.make()
    let database = try place.connect()
    try database.execute("CREATE TABLE t(a TEXT UNIQUE); CREATE TABLE u(a BIGINT)")
    try database.run("INSERT INTO t VALUES(?)", .text(Self.citizen))
    let error = #expect(throws: SQLError.self) {
      try database.transaction { () throws(SQLError) in
        for number in 0..<300 {
          try database.run("INSERT INTO u VALUES(?)", .integer(Int64(number)))
          if number == broken { try database.run("INSERT INTO t VALUES(?)", .text(Self.citizen)) }
        }
      }
    }
    #expect(error?.code == .constraint)
    #expect(error?.statement == "INSERT INTO t VALUES(?)")
    #expect(error?.description.contains(Self.citizen) == false)
    #expect(try database.number("SELECT count(*) FROM u") == 0)
    try database.run("INSERT INTO t VALUES(?)", .text("another"))
    #expect(try database.number("SELECT count(*) FROM t") == 2)
  }

  @Test("says which statement is wrong, and can be used after it", arguments: TestEngine.allCases)
  func wrongStatement(engine: TestEngine) throws {
    let place = engine.make()
    let database = try place.connect()
    for _ in 0..<2 {
      let error = #expect(throws: SQLError.self) {
        let row = try database.prepare("SELECT a FROM nowhere")
        _ = try row.step()
      }
      #expect(error?.code == .statement)
      #expect(error?.statement == "SELECT a FROM nowhere")
    }
    try database.execute("CREATE TABLE nowhere(a BIGINT)")
    #expect(try database.number("SELECT count(*) FROM nowhere") == 0)
  }
}

@Suite("Migrations of a database of either engine")
struct SQLMigrationConformance {
  let first = SQLMigration(number: 1, name: "first", sql: "CREATE TABLE a(x BIGINT)")
  let second = SQLMigration(number: 2, name: "second", sql: "CREATE TABLE b(x BIGINT); INSERT INTO b VALUES(1)")

  @Test("are applied once, in order, and only the missing ones", arguments: TestEngine.allCases)
  func appliedOnce(engine: TestEngine) throws {
    let place = engine.make()
    let database = try place.connect()
    #expect(try database.migrationNumber() == 0)
    try database.migrate([first])
    #expect(try database.migrationNumber() == 1)
    try database.migrate([first, second])
    try database.migrate([first, second])
    #expect(try database.migrationNumber() == 2)
    #expect(try database.number("SELECT count(*) FROM b") == 1)
  }

  @Test("leave the database as it was when a step fails half way", arguments: TestEngine.allCases)
  func failingStep(engine: TestEngine) throws {
    let place = engine.make()
    let database = try place.connect()
    let bad = SQLMigration(number: 2, name: "bad", sql: "CREATE TABLE c(x BIGINT); CREATE TABLE a(x BIGINT)")
    #expect(throws: SQLError.self) { try database.migrate([first, bad]) }
    #expect(try database.migrationNumber() == 1)
    #expect(throws: SQLError.self) { try database.execute("INSERT INTO c VALUES(1)") }
  }

  @Test("refuse a database that a newer program has changed", arguments: TestEngine.allCases)
  func newerDatabase(engine: TestEngine) throws {
    let place = engine.make()
    let database = try place.connect()
    try database.migrate([first, second])
    let error = #expect(throws: SQLError.self) { try database.migrate([first]) }
    #expect(error?.code == .migration)
  }

  @Test("refuse a released step whose text was edited", arguments: TestEngine.allCases)
  func editedStep(engine: TestEngine) throws {
    let place = engine.make()
    let database = try place.connect()
    try database.migrate([first])
    let edited = SQLMigration(number: 1, name: "first", sql: "CREATE TABLE a(x BIGINT, y BIGINT)")
    let error = #expect(throws: SQLError.self) { try database.migrate([edited]) }
    #expect(error?.code == .migration)
  }
}
