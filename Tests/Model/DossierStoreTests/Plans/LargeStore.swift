import DossierModel
import DossierStore
import GatewayTesting
import SQLKit
import ServiceKit

/// A store with so many messages that reading a whole table for a few rows is a mistake: four fifths are history, the
/// rest is in every state that something can wait in.
struct LargeStore {
  static let messages = 60_000
  /// About each dossier there are three messages, this far from each other.
  private static let dossiers = 20_000
  static let start = Timestamp(seconds: 1_800_000_000)

  let place = StorePlace()
  let engine: StoreEngine

  /// - Parameter isAnalysed: whether the database has looked at what it holds, as PostgreSQL does by itself after a while.
  init(_ engine: StoreEngine, isAnalysed: Bool) throws {
    self.engine = engine
    try engine.open(place, at: Self.start).close()
    switch engine {
    case .sqlite:
      try Self.fill(
        SQLiteDatabase(path: place.file), bytes: { $0 == 0 ? "x''" : "CAST(printf('%0\($0)d', i) AS BLOB)" },
        identifier: "CAST(printf('%06d', i) || CAST(x'\(Self.identifierEnd)' AS TEXT) AS BLOB)")
    case .postgresql:
      let database = try place.serverDatabase.connect()
      for table in [
        "message", "message_body", "delivery", "delivery_payload", "attempt", "journal", "file_reference",
        "procedure_instance", "procedure_code", "procedure_line", "procedure_output",
      ] {
        // The server is not to look at them in its own time.
        try database.execute("ALTER TABLE \(table) SET (autovacuum_enabled = off)")
      }
      try Self.fill(
        database, bytes: { "convert_to(lpad(CAST(i AS TEXT), \($0), '0'), 'UTF8')" },
        identifier: "convert_to(lpad(CAST(i AS TEXT), 6, '0'), 'UTF8') || decode('\(Self.identifierEnd)', 'hex')")
      try database.execute("SELECT setval('message_number', \(Self.messages))")
      try database.execute("SELECT setval('delivery_number', \(Self.messages))")
      if isAnalysed { try database.execute("ANALYZE") }
    }
  }

  // The parts of the store; the numbers are those of messages, of which each has one delivery with the same number.
  static let delivered = 1...48_000
  static let ready = 48_001...57_000
  static let deferred = 57_001...58_000
  static let unknown = 58_001...59_000
  static let waiting = 59_001...59_400
  static let held = 59_401...59_700
  static let dead = 59_701...59_900
  static let fetched = 59_901...60_000
  /// Dossiers with a procedure, every second of which is under way; what is held of them waits to be written for it.
  static let procedures = 10_001...19_999

  /// The digest, in hexadecimal, of the file that each fiftieth message names.
  static func file(_ number: Int) -> String {
    let digits = String(number)
    return (String(repeating: "0", count: 32 - digits.count) + digits).map { "3\($0)" }.joined()
  }
  static func dossier(_ number: Int) -> DossierCode { DossierCode("H\(number % dossiers)") }
  static func destination(_ number: Int) -> PartyID { PartyID("x\(number % 10)") }
  static func message(_ number: Int, in reader: SQLDossierReader) throws -> MessageID {
    guard let standing = try reader.standing(of: DeliveryID(Int64(number))) else {
      preconditionFailure("every number up to \(messages) has a delivery")
    }
    return standing.message
  }

  /// What follows the six digits of its number in the identifier of a message: a UUID of version 7.
  private static let identifierEnd = "71308030303030303030"

  /// `bytes`: an expression for so many bytes that tell the row `i`; `identifier`: one for its UUID.
  private static func fill(
    _ database: some SQLDatabase, bytes: (Int) -> String, identifier: String
  ) throws(SQLError) {
    let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(messages)) "
    let at = "(\(start.microseconds) - (\(messages) - i) * CAST(1000000 AS BIGINT))"
    let state =
      "CASE WHEN i <= \(delivered.upperBound) THEN 'delivered' WHEN i <= \(ready.upperBound) THEN 'ready' "
      + "WHEN i <= \(deferred.upperBound) THEN 'deferred' WHEN i <= \(unknown.upperBound) THEN 'unknown' "
      + "WHEN i <= \(waiting.upperBound) THEN 'waiting' WHEN i <= \(held.upperBound) THEN 'held' "
      + "WHEN i <= \(dead.upperBound) THEN 'dead' ELSE 'awaitingReceipt' END"
    let isOpen = "CASE WHEN i <= \(delivered.upperBound) THEN 0 ELSE 1 END"
    let isClaimable = "i BETWEEN \(ready.lowerBound) AND \(unknown.upperBound)"
    let isHeld = "i BETWEEN \(held.lowerBound) AND \(held.upperBound)"
    let isTried =
      "(i <= \(delivered.upperBound) OR i BETWEEN \(deferred.lowerBound) AND \(unknown.upperBound) OR "
      + "i BETWEEN \(dead.lowerBound) AND \(dead.upperBound))"
    let isProcedure = "i BETWEEN \(procedures.lowerBound) AND \(procedures.upperBound)"
    let dossier = "'H' || (i % \(dossiers))"
    for insertion in [
      """
      INSERT INTO message(number, id, sender, type, dossier, received, digest, key, scope, bytes)
      SELECT i, \(identifier), 'mot-cua', 'mau/thu', \(dossier), \(at), \(bytes(32)), 'key ' || i, 'always', 64 FROM n
      """,
      "INSERT INTO message_body SELECT i, \(bytes(64)) FROM n",
      """
      INSERT INTO delivery(number, message, destination, dossier, type, state, open, due, urgency, attempts, epoch,
        created, failure)
      SELECT i, i, 'x' || (i % 10), \(dossier), 'mau/thu', \(state), \(isOpen),
        CASE WHEN \(isClaimable) THEN \(at) END, \(at), CASE WHEN \(isTried) THEN 1 ELSE 0 END, 1, \(at),
        CASE WHEN \(isTried) AND i > \(delivered.upperBound) THEN 'connect' END FROM n
      """,
      "INSERT INTO delivery_payload SELECT i, CASE WHEN \(isHeld) THEN \(bytes(0)) ELSE \(bytes(64)) END FROM n",
      """
      INSERT INTO attempt(delivery, ordinal, started, ended, outcome, status, answer)
      SELECT i, 1, \(at), \(at), 'accepted', 200, \(bytes(16)) FROM n WHERE \(isTried)
      """,
      """
      INSERT INTO journal(at, event, message, delivery, actor)
      SELECT \(at), event, i, CASE WHEN event <> 'received' THEN i END, 'gateway'
      FROM n CROSS JOIN (SELECT 'received' AS event UNION ALL SELECT 'queued' UNION ALL SELECT 'claimed') AS events
      """,
      "INSERT INTO file_reference SELECT \(bytes(32)), i, 'mot-cua' FROM n WHERE i % 50 = 0",
      """
      INSERT INTO procedure_instance(dossier, procedure, version, sender, message, state, open, outcome, due, timer, began,
        changed)
      SELECT \(dossier), 'thu', 1, 'mot-cua', i, \(bytes(64)), i % 2, CASE WHEN i % 2 = 0 THEN 'completed' END, \(at),
        CASE WHEN i % 2 = 1 THEN \(at) END, \(at), \(at) FROM n WHERE \(isProcedure)
      """,
      "INSERT INTO procedure_code SELECT '', 'G' || i, \(dossier) FROM n WHERE \(isProcedure)",
      """
      INSERT INTO procedure_line(dossier, at, kind, word, text)
      SELECT \(dossier), \(at), CASE WHEN i % 100 = 1 THEN 'alarm' ELSE 'event' END, 'thu', 'thu'
      FROM n WHERE i % \(dossiers) BETWEEN \(procedures.lowerBound) AND \(procedures.upperBound)
      """,
      """
      INSERT INTO procedure_output(delivery, dossier, name, party, kind, unwritten, errand)
      SELECT i, \(dossier), 'send ' || i, 'x' || (i % 10), 'dossier', CASE WHEN \(isHeld) THEN 1 ELSE 0 END, \(bytes(16))
      FROM n WHERE \(isProcedure) OR \(isHeld)
      """,
    ] {
      try database.execute(numbers + insertion)
    }
  }
}
