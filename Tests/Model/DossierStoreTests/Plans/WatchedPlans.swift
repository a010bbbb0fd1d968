import DossierStore
import SQLKit
import Synchronization

/// Asks the database how it finds the rows of each statement, on the statement's own connection right before it is
/// carried out, and remembers what is read as a whole.
final class WatchedPlans: DatabaseWrapping {
  /// A table or an index that a statement reads from one end to the other.
  struct Scan: Hashable, CustomStringConvertible {
    /// The index, or the table where it goes by none, as the plan names it.
    let name: String
    let sql: String
    let plan: [String]
    var description: String { "\(name) in: \(sql)\n" + plan.joined(separator: "\n") }
  }

  private struct State {
    var scans: Set<Scan> = []
    var statements = 0
    var indexes: Set<String> = []
  }

  fileprivate let engine: StoreEngine
  private let state = Mutex(State())

  init(_ engine: StoreEngine) { self.engine = engine }

  func wrap(_ database: sending any SQLDatabase) -> sending any SQLDatabase { WatchedPlanDatabase(database, self) }

  /// What has been read as a whole since this was asked last, and how many statements there were.
  func take() -> (scans: Set<Scan>, indexes: Set<String>, statements: Int) {
    state.withLock { state in
      defer { state = State() }
      return (state.scans, state.indexes, state.statements)
    }
  }

  fileprivate func saw(_ plan: [String], of sql: String) {
    let reading = engine == .sqlite ? SQLitePlan.reading(plan) : PostgreSQLPlan.reading(plan)
    state.withLock { state in
      state.statements += 1
      state.indexes.formUnion(reading.indexes)
      for name in reading.whole { state.scans.insert(Scan(name: name, sql: sql, plan: plan)) }
    }
  }
}

private final class WatchedPlanDatabase: SQLDatabase {
  private let base: any SQLDatabase
  private let watch: WatchedPlans
  /// Whether the server plans for any values instead of these.
  private lazy var isGeneric = setting("plan_cache_mode") == "force_generic_plan"
  private var prepared = 0

  init(_ base: any SQLDatabase, _ watch: WatchedPlans) {
    self.base = base
    self.watch = watch
  }

  func prepare(_ sql: StaticString) throws(SQLError) -> WatchedPlanStatement {
    WatchedPlanStatement(try base.prepare(sql), self)
  }

  @_disfavoredOverload
  func prepare(_ sql: String) throws(SQLError) -> WatchedPlanStatement {
    WatchedPlanStatement(try base.prepare(sql), self)
  }

  func run(_ sql: StaticString, _ values: [SQLValue]) throws(SQLError) {
    try explain(sql.description, values)
    try base.run(sql, values)
  }

  func execute(_ sql: String) throws(SQLError) { try base.execute(sql) }
  func transaction<Result>(_ body: () throws(SQLError) -> Result) throws(SQLError) -> Result {
    try base.transaction(body)
  }
  func erase(_ place: SQLValuePlace, from offset: Int, limit: Int) throws(SQLError) -> Bool {
    try base.erase(place, from: offset, limit: limit)
  }
  func migrate(_ migrations: [SQLMigration]) throws(SQLError) { try base.migrate(migrations) }
  func migrationNumber() throws(SQLError) -> Int { try base.migrationNumber() }

  fileprivate func explain(_ sql: String, _ values: [SQLValue]) throws(SQLError) {
    switch watch.engine {
    case .sqlite: try read("EXPLAIN QUERY PLAN " + sql, values, column: 3, of: sql)
    case .postgresql where isGeneric:
      prepared += 1
      let (text, count) = PostgreSQLPlan.numbered(sql)
      try base.execute("PREPARE watched_\(prepared) AS \(text)")
      let nothing = count == 0 ? "" : "(\(Array(repeating: "NULL", count: count).joined(separator: ", ")))"
      try read("EXPLAIN (COSTS OFF) EXECUTE watched_\(prepared)\(nothing)", [], column: 0, of: sql)
      try base.execute("DEALLOCATE watched_\(prepared)")
    case .postgresql: try read("EXPLAIN (COSTS OFF) " + sql, values, column: 0, of: sql)
    }
  }

  private func read(_ question: String, _ values: [SQLValue], column: Int, of sql: String) throws(SQLError) {
    let rows = try base.prepare(question)
    defer { rows.reset() }
    try rows.bind(values)
    var plan: [String] = []
    while try rows.step() { plan.append(rows.text(column)) }
    watch.saw(plan, of: sql)
  }

  private func setting(_ name: String) -> String? {
    guard let row = try? base.prepare("SELECT current_setting('\(name)')"), (try? row.step()) == true else {
      return nil
    }
    defer { row.reset() }
    return row.text(0)
  }
}

private final class WatchedPlanStatement: SQLStatement {
  private let base: any SQLStatement
  private let database: WatchedPlanDatabase
  private var values: [SQLValue] = []
  private var isStepping = false

  init(_ base: any SQLStatement, _ database: WatchedPlanDatabase) {
    self.base = base
    self.database = database
  }

  var sql: String { base.sql }

  func bind(_ values: [SQLValue]) throws(SQLError) {
    self.values = values
    try base.bind(values)
  }

  func step() throws(SQLError) -> Bool {
    if !isStepping {
      isStepping = true
      try database.explain(sql, values)
    }
    return try base.step()
  }

  func reset() {
    isStepping = false
    base.reset()
  }

  func isNull(_ column: Int) -> Bool { base.isNull(column) }
  func integer(_ column: Int) -> Int64 { base.integer(column) }
  func text(_ column: Int) -> String { base.text(column) }
  func blob(_ column: Int) -> [UInt8] { base.blob(column) }
}

/// What SQLite says of its plans: https://sqlite.org/eqp.html.
private enum SQLitePlan {
  /// What the statements call rows that they made themselves; the plan shows names and not what they are.
  private static let made: Set<Substring> = [
    "meant", "aged", "w", "counted", "earliest", "own", "ready", "retry", "CONSTANT",
  ]

  static func reading(_ plan: [String]) -> (whole: [String], indexes: [String]) {
    var whole: [String] = []
    var indexes: [String] = []
    for step in plan {
      let words = step.split(separator: " ")
      let index = words.firstIndex(of: "INDEX").map { String(words[$0 + 1]) }
      if let index { indexes.append(index) }
      guard words.first == "SCAN", !made.contains(words[1]), !words[1].hasPrefix("(") else { continue }
      whole.append(index ?? String(words[1]))
    }
    return (whole, indexes)
  }
}

/// What PostgreSQL says of its plans: https://www.postgresql.org/docs/15/using-explain.html.
private enum PostgreSQLPlan {
  private static let large: Set<Substring> = [
    "message", "message_body", "delivery", "delivery_payload", "attempt", "journal", "file_reference",
  ]

  static func reading(_ plan: [String]) -> (whole: [String], indexes: [String]) {
    var whole: [String] = []
    var indexes: [String] = []
    for (number, step) in plan.enumerated() {
      let words = step.split(separator: " ")
      if let using = words.firstIndex(of: "using"), words.contains("Scan") {
        let index = String(words[using + 1])
        indexes.append(index)
        let isNarrowed = plan[(number + 1)...].prefix { !$0.contains("->") }.contains { $0.contains("Index Cond:") }
        if !isNarrowed, using + 3 < words.count, large.contains(words[using + 3]) { whole.append(index) }
      } else if step.contains("Bitmap Index Scan on"), let on = words.firstIndex(of: "on") {
        let index = String(words[on + 1])
        indexes.append(index)
        if plan[(number + 1)...].first?.contains("Index Cond:") != true { whole.append(index) }
      } else if step.contains("Seq Scan on"), let on = words.firstIndex(of: "on"), large.contains(words[on + 1]) {
        whole.append(String(words[on + 1]))
      }
    }
    return (whole, indexes)
  }

  /// The text with `$1` for `?` and `?1`, and how many there are.
  static func numbered(_ sql: String) -> (text: String, count: Int) {
    var text = ""
    var highest = 0
    var rest = sql[...]
    while let mark = rest.firstIndex(of: "?") {
      text += rest[..<mark]
      rest = rest[rest.index(after: mark)...]
      let digits = rest.prefix { $0.isNumber }
      let number = Int(digits) ?? highest + 1
      rest = rest[digits.endIndex...]
      highest = max(highest, number)
      text += "$\(number)"
    }
    return (text + rest, highest)
  }
}
