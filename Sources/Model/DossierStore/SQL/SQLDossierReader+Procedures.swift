package import DossierModel
import SQLKit
package import ServiceKit

extension SQLDossierReader: ProcedureReader {
  private static let columns =
    "dossier, procedure, version, sender, state, outcome, due, timer, began, changed"

  package func procedure(
    knownAs codes: [DossierCode], to party: PartyID?
  ) throws(StoreError) -> StoredProcedure? {
    try readers.read { database throws(SQLError) in
      guard let dossier = try KnownProcedure.dossier(knownAs: codes, to: party, in: database) else { return nil }
      let row = try database.prepare("SELECT \(Self.columns) FROM procedure_instance WHERE dossier = ?")
      defer { row.reset() }
      try row.bind(.text(dossier.text))
      return try row.step() ? Self.procedure(row) : nil
    }
  }

  package func procedures(
    _ filter: ProcedureFilter, after dossier: DossierCode?, limit: Int
  ) throws(StoreError) -> [StoredProcedure] {
    try readers.read { database throws(SQLError) in
      var conditions = ["dossier > ?1"]
      var values: [SQLValue] = [.text(dossier?.text ?? ""), .integer(Int64(limit))]
      if filter.isOpen { conditions.append("open = 1") }
      if let name = filter.procedure {
        values.append(.text(name))
        conditions.append("procedure = ?\(values.count)")
      }
      if let moment = filter.dueBefore {
        values.append(.integer(moment.microseconds))
        conditions.append("due < ?\(values.count)")
      }
      let rows = try database.prepare(
        """
        SELECT \(Self.columns) FROM procedure_instance WHERE \(conditions.joined(separator: " AND "))
        ORDER BY dossier LIMIT ?2
        """)
      defer { rows.reset() }
      try rows.bind(values)
      var found: [StoredProcedure] = []
      while try rows.step() { found.append(Self.procedure(rows)) }
      return found
    }
  }

  private static func procedure(_ row: any SQLStatement) -> StoredProcedure {
    StoredProcedure(
      dossier: DossierCode(row.text(0)), procedure: row.text(1), version: Int(row.integer(2)),
      sender: PartyID(row.text(3)), state: row.blob(4), outcome: row.optionalText(5),
      dueAt: row.optionalTimestamp(6), timer: row.optionalTimestamp(7), beganAt: row.timestamp(8),
      changedAt: row.timestamp(9))
  }

  // MARK: History

  package func procedureHistory(of dossier: DossierCode) throws(StoreError) -> [StoredProcedureLine] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT number, dossier, at, kind, word, step, party, text FROM procedure_line WHERE dossier = ? ORDER BY number
        """)
      try rows.bind(.text(dossier.text))
      return try Self.lines(rows)
    }
  }

  package func procedureAlarms(after number: Int64, limit: Int) throws(StoreError) -> [StoredProcedureLine] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT number, dossier, at, kind, word, step, party, text FROM procedure_line
        WHERE kind = 'alarm' AND number > ? ORDER BY number LIMIT ?
        """)
      try rows.bind(.integer(number), .integer(Int64(limit)))
      return try Self.lines(rows)
    }
  }

  package func latestProcedureAlarm() throws(StoreError) -> Int64 {
    try readers.read { database throws(SQLError) in
      let row = try database.prepare("SELECT coalesce(max(number), 0) FROM procedure_line WHERE kind = 'alarm'")
      defer { row.reset() }
      return try row.step() ? row.integer(0) : 0
    }
  }

  package func recentProcedureEvents(limit: Int) throws(StoreError) -> [StoredProcedureLine] {
    try readers.read { database throws(SQLError) in
      let last = try Self.integer("SELECT coalesce(max(number), 0) FROM procedure_line", in: database)
      let rows = try database.prepare(
        """
        SELECT number, dossier, at, kind, word, step, party, text FROM procedure_line
        WHERE number > ? AND kind = 'event' ORDER BY number
        """)
      try rows.bind(.integer(last - Int64(limit)))
      return try Self.lines(rows)
    }
  }

  private static func integer(_ sql: StaticString, in database: any SQLDatabase) throws(SQLError) -> Int64 {
    let row = try database.prepare(sql)
    defer { row.reset() }
    return try row.step() ? row.integer(0) : 0
  }

  package func procedureArrivals(of dossier: DossierCode) throws(StoreError) -> [String: Timestamp] {
    try readers.read { database throws(SQLError) in try Arrivals.ofProcedure(dossier, to: nil, in: database) }
  }

  package func deliveryPaces(at now: Timestamp) throws(StoreError) -> [DeliveryPace] {
    try readers.read { database throws(SQLError) in
      let earliest = now - DeliveryPace.window
      let last = try Self.integer("SELECT coalesce(max(number), 0) FROM journal", in: database)
      let first = try database.prepare("SELECT at FROM journal WHERE number > ? ORDER BY number LIMIT 1")
      defer { first.reset() }
      try first.bind(.integer(last - DeliveryPace.looksBack))
      guard try first.step() else { return [] }
      let over = max(now - max(first.timestamp(0), earliest), .milliseconds(1))
      let rows = try database.prepare(
        """
        SELECT d.destination, count(*) FROM journal AS j JOIN delivery AS d ON d.number = j.delivery
        WHERE j.number > ? AND j.at >= ? AND j.to_state = 'delivered' GROUP BY d.destination ORDER BY d.destination
        """)
      defer { rows.reset() }
      try rows.bind(.integer(last - DeliveryPace.looksBack), .integer(earliest.microseconds))
      var paces: [DeliveryPace] = []
      while try rows.step() {
        paces.append(DeliveryPace(destination: PartyID(rows.text(0)), delivered: Int(rows.integer(1)), over: over))
      }
      return paces
    }
  }

  private static func lines(_ rows: any SQLStatement) throws(SQLError) -> [StoredProcedureLine] {
    defer { rows.reset() }
    var found: [StoredProcedureLine] = []
    while try rows.step() {
      guard let kind = ConductedLine.Kind(rawValue: rows.text(3)) else {
        preconditionFailure("the table lets no other kind in")
      }
      found.append(
        StoredProcedureLine(
          number: rows.integer(0), dossier: DossierCode(rows.text(1)),
          line: ConductedLine(
            at: rows.timestamp(2), kind: kind, word: rows.text(4), step: rows.optionalText(5),
            party: rows.optionalText(6).map { PartyID($0) }, text: rows.text(7))))
    }
    return found
  }

  // MARK: Outputs

  private static let outputs = """
    SELECT o.delivery, o.dossier, o.party, o.kind, o.name, d.state, o.errand
    FROM procedure_output AS o JOIN delivery AS d ON d.number = o.delivery
    """

  package func procedureOutputs(of dossier: DossierCode) throws(StoreError) -> [StoredOutput] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare("\(Self.outputs) WHERE o.dossier = ? ORDER BY o.delivery")
      defer { rows.reset() }
      try rows.bind(.text(dossier.text))
      var found: [StoredOutput] = []
      while try rows.step() { found.append(Self.output(rows)) }
      return found
    }
  }

  package func procedureOutput(_ delivery: DeliveryID) throws(StoreError) -> StoredOutput? {
    try readers.read { database throws(SQLError) in
      let row = try database.prepare("\(Self.outputs) WHERE o.delivery = ?")
      defer { row.reset() }
      try row.bind(.integer(delivery.number))
      return try row.step() ? Self.output(row) : nil
    }
  }

  private static func output(_ row: any SQLStatement) -> StoredOutput {
    guard let kind = MessageKind(rawValue: row.text(3)) else { preconditionFailure("it was written from a kind") }
    return StoredOutput(
      delivery: DeliveryID(row.integer(0)), dossier: DossierCode(row.text(1)), destination: PartyID(row.text(2)),
      kind: kind, name: row.text(4), state: row.state(5), errand: row.blob(6))
  }

  package func unwrittenOutputs(after delivery: DeliveryID?, limit: Int) throws(StoreError) -> [HeldOutput] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT o.delivery, m.id, o.party, d.type, d.note FROM procedure_output AS o JOIN delivery AS d ON d.number = o.delivery
          JOIN message AS m ON m.number = d.message
        WHERE o.unwritten = 1 AND o.delivery > ? AND d.state = 'held' ORDER BY o.delivery LIMIT ?
        """)
      defer { rows.reset() }
      try rows.bind(.integer(delivery?.number ?? 0), .integer(Int64(limit)))
      var found: [HeldOutput] = []
      while try rows.step() {
        found.append(
          HeldOutput(
            delivery: DeliveryID(rows.integer(0)), message: MessageID(rows.uuid(1)),
            destination: PartyID(rows.text(2)), type: rows.text(3), note: rows.optionalText(4)))
      }
      return found
    }
  }

  // MARK: Time

  package func dueProcedures(at now: Timestamp, limit: Int) throws(StoreError) -> [DossierCode] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        "SELECT dossier FROM procedure_instance WHERE timer <= ? ORDER BY timer, dossier LIMIT ?")
      defer { rows.reset() }
      try rows.bind(.integer(now.microseconds), .integer(Int64(limit)))
      var found: [DossierCode] = []
      while try rows.step() { found.append(DossierCode(rows.text(0))) }
      return found
    }
  }

  package func editionsUnderWay() throws(StoreError) -> [(procedure: String, version: Int)] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        "SELECT DISTINCT procedure, version FROM procedure_instance WHERE open = 1 ORDER BY procedure, version")
      defer { rows.reset() }
      var found: [(procedure: String, version: Int)] = []
      while try rows.step() { found.append((rows.text(0), Int(rows.integer(1)))) }
      return found
    }
  }
}
