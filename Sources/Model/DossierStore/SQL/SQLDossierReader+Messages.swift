import CryptographyKit
package import DossierModel
import SQLKit
import ServiceKit

// Messages, with what became of them.

extension SQLDossierReader {
  private static let messageColumns =
    "number, id, sender, type, dossier, procedure, status, appointed, received, digest, key, scope, traceparent, bytes, "
    + "pruned"

  package func message(_ id: MessageID) throws(StoreError) -> StoredMessage? {
    try readers.read { database throws(SQLError) in
      let row = try database.prepare("SELECT \(Self.messageColumns) FROM message WHERE id = ?")
      try row.bind(.blob(id.uuid.bytes))
      return try Self.messages(from: row, in: database).first
    }
  }

  package func body(of id: MessageID) throws(StoreError) -> [UInt8]? {
    try readers.read { database throws(SQLError) in
      let row = try database.prepare(
        """
        SELECT b.bytes FROM message_body AS b JOIN message AS m ON m.number = b.message
        WHERE m.id = ? AND m.pruned IS NULL
        """)
      defer { row.reset() }
      try row.bind(.blob(id.uuid.bytes))
      return try row.step() ? row.blob(0) : nil
    }
  }

  package func latestMessage(of dossier: DossierCode, from party: PartyID) throws(StoreError) -> StoredMessage? {
    try readers.read { database throws(SQLError) in
      let row = try database.prepare(
        "SELECT \(Self.messageColumns) FROM message WHERE dossier = ? AND sender = ? ORDER BY number DESC LIMIT 1")
      try row.bind(.text(dossier.text), .text(party.text))
      return try Self.messages(from: row, in: database).first
    }
  }

  package func latestBody(
    of dossier: DossierCode, types: Set<String>
  ) throws(StoreError) -> (type: String, sender: PartyID, body: [UInt8])? {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        "SELECT number, type, sender, pruned FROM message WHERE dossier = ? ORDER BY number DESC")
      defer { rows.reset() }
      try rows.bind(.text(dossier.text))
      while try rows.step() {
        guard types.contains(rows.text(1)) else { continue }
        guard rows.isNull(3) else { return nil }
        let body = try database.prepare("SELECT bytes FROM message_body WHERE message = ?")
        defer { body.reset() }
        try body.bind(.integer(rows.integer(0)))
        return try body.step() ? (rows.text(1), PartyID(rows.text(2)), body.blob(0)) : nil
      }
      return nil
    }
  }

  package func parties(namingFile sha256: String) throws(StoreError) -> Set<PartyID> {
    guard let digest = try? Hexadecimal.decode(sha256) else { return [] }
    return try readers.read { database throws(SQLError) in
      let rows = try database.prepare("SELECT DISTINCT party FROM file_reference WHERE digest = ?")
      defer { rows.reset() }
      try rows.bind(.blob(digest))
      var parties: Set<PartyID> = []
      while try rows.step() { parties.insert(PartyID(rows.text(0))) }
      return parties
    }
  }

  package func timeline(
    of dossier: DossierCode, visibleTo party: PartyID?
  ) throws(StoreError) -> DossierTimeline? {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare("SELECT \(Self.messageColumns) FROM message WHERE dossier = ? ORDER BY number")
      try rows.bind(.text(dossier.text))
      var messages = try Self.messages(from: rows, in: database)
      if let party {
        messages = messages.compactMap { message in
          if message.envelope.sender == party { return message }
          var received = message
          received.deliveries.removeAll { $0.destination != party }
          return received.deliveries.isEmpty ? nil : received
        }
      }
      guard !messages.isEmpty else { return nil }
      var entries = try Self.journal(of: dossier, in: database)
      if party != nil {
        let visibleMessages = Set(messages.map(\.envelope.id))
        let visibleDeliveries = Set(messages.flatMap { $0.deliveries.map(\.id) })
        entries.removeAll { entry in
          if let delivery = entry.delivery { return !visibleDeliveries.contains(delivery) }
          return entry.message.map { !visibleMessages.contains($0) } ?? true
        }
      }
      return DossierTimeline(dossier: dossier, messages: messages, entries: entries)
    }
  }

  package func messages(
    _ filter: MessageFilter, from cursor: MessagePage.Cursor, limit: Int,
  ) throws(StoreError) -> MessagePage {
    precondition(limit > 0, "a page holds at least one message")
    return try readers.read { database throws(SQLError) in
      let types = filter.types.map { $0.sorted() }
      let rows = try database.prepare(
        """
        SELECT \(Self.messageColumns) FROM message AS m WHERE number > ?1 AND received >= ?2 AND received < ?3
          AND (CAST(?4 AS TEXT) IS NULL OR sender = ?4)
          AND (CAST(?5 AS TEXT) IS NULL
            OR EXISTS (SELECT 1 FROM delivery AS d WHERE d.message = m.number AND d.destination = ?5))
          \(filter.dossier == nil ? "" : "AND dossier = ?")
          \(types.map { "AND type IN (\($0.isEmpty ? "NULL" : $0.map { _ in "?" }.joined(separator: ", ")))" } ?? "")
        ORDER BY number LIMIT \(limit + 1)
        """)
      try rows.bind(
        [
          .integer(cursor.number), .integer(filter.since?.microseconds ?? .min),
          .integer(filter.until?.microseconds ?? .max), .text(optional: filter.sender?.text),
          .text(optional: filter.destination?.text),
        ] + (filter.dossier.map { [.text($0.text)] } ?? []) + (types ?? []).map { .text($0) })
      let found = try Self.numberedMessages(from: rows, in: database)
      let isLast = found.count <= limit
      let page = found.prefix(limit)
      return MessagePage(
        messages: page.map(\.message), next: isLast ? nil : page.last.map { MessagePage.Cursor(number: $0.number) })
    }
  }

  package func dossiers(limit: Int) throws(StoreError) -> [DossierSummary] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT m.dossier, m.procedure, m.status, m.received,
          (SELECT count(*) FROM message AS each WHERE each.dossier = m.dossier),
          (SELECT CAST(coalesce(sum(d.open), 0) AS BIGINT) FROM message AS each
            JOIN delivery AS d ON d.message = each.number WHERE each.dossier = m.dossier)
        FROM message AS m WHERE m.number = (SELECT max(number) FROM message AS last WHERE last.dossier = m.dossier)
        ORDER BY m.number DESC LIMIT ?
        """)
      defer { rows.reset() }
      try rows.bind(.integer(Int64(limit)))
      var summaries: [DossierSummary] = []
      while try rows.step() {
        summaries.append(
          DossierSummary(
            code: DossierCode(rows.text(0)), procedure: rows.optionalText(1), status: rows.optionalText(2),
            latestAt: rows.timestamp(3), messages: Int(rows.integer(4)), openDeliveries: Int(rows.integer(5))))
      }
      return summaries
    }
  }

  private static func messages(
    from rows: any SQLStatement, in database: any SQLDatabase
  ) throws(SQLError) -> [StoredMessage] {
    try numberedMessages(from: rows, in: database).map(\.message)
  }

  private static func numberedMessages(
    from rows: any SQLStatement, in database: any SQLDatabase
  ) throws(SQLError) -> [(number: Int64, message: StoredMessage)] {
    var found: [(number: Int64, message: StoredMessage)] = []
    defer { rows.reset() }
    var pruned: [(index: Int, at: Timestamp)] = []
    while try rows.step() {
      if let at = rows.optionalTimestamp(14) { pruned.append((found.count, at)) }
      let key = rows.optionalText(10).map {
        MessageKey($0, scope: MessageKey.Scope(rawValue: rows.text(11)) ?? .always)
      }
      let envelope = Envelope(
        id: MessageID(rows.uuid(1)), sender: PartyID(rows.text(2)), type: rows.text(3), receivedAt: rows.timestamp(8),
        digest: rows.digest(9), key: key, traceparent: rows.optionalText(12))
      let fields = DossierFields(
        code: DossierCode(rows.text(4)), procedure: rows.optionalText(5), status: rows.optionalText(6),
        appointedAt: rows.optionalTimestamp(7))
      let message = StoredMessage(
        envelope: envelope, fields: fields, bytes: Int(rows.integer(13)), deliveries: [])
      found.append((rows.integer(0), message))
    }
    for index in found.indices {
      found[index].message.deliveries = try deliveries(ofMessage: found[index].number, in: database)
    }
    for (index, at) in pruned {
      found[index].message.pruning = Pruning(
        at: at, rule: try pruningRule(ofMessage: found[index].number, in: database))
    }
    return found
  }

  private static func pruningRule(ofMessage number: Int64, in database: any SQLDatabase) throws(SQLError) -> String {
    let row = try database.prepare("SELECT note FROM journal WHERE message = ? AND event = 'pruned'")
    defer { row.reset() }
    try row.bind(.integer(number))
    return try row.step() ? row.text(0) : ""
  }

  static func deliveries(
    ofMessage number: Int64, in database: any SQLDatabase
  ) throws(SQLError) -> [StoredDelivery] {
    let rows = try database.prepare(
      """
      SELECT number, destination, type, state, attempts, created, due, failure, note FROM delivery
      WHERE message = ? ORDER BY number
      """)
    defer { rows.reset() }
    try rows.bind(.integer(number))
    var deliveries: [StoredDelivery] = []
    while try rows.step() {
      deliveries.append(
        StoredDelivery(
          id: DeliveryID(rows.integer(0)), destination: PartyID(rows.text(1)), type: rows.text(2), state: rows.state(3),
          attempts: Int(rows.integer(4)), createdAt: rows.timestamp(5), due: rows.optionalTimestamp(6),
          lastFailure: rows.optionalText(7).flatMap(FailureClass.init(rawValue:)), note: rows.optionalText(8)))
    }
    return deliveries
  }

  private static func journal(of dossier: DossierCode, in database: any SQLDatabase) throws(SQLError) -> [JournalEntry]
  {
    let rows = try database.prepare(
      """
      SELECT j.at, j.event, m.id, j.delivery, d.destination, j.from_state, j.to_state, j.actor, j.note, j.number
      FROM message AS m JOIN journal AS j ON j.message = m.number LEFT JOIN delivery AS d ON d.number = j.delivery
      WHERE m.dossier = ?1
      UNION ALL
      SELECT at, event, NULL, NULL, NULL, NULL, NULL, actor, note, number FROM journal WHERE dossier = ?1
      ORDER BY 10
      """)
    defer { rows.reset() }
    try rows.bind(.text(dossier.text))
    var entries: [JournalEntry] = []
    while try rows.step() {
      entries.append(
        JournalEntry(
          at: rows.timestamp(0), event: rows.text(1), message: rows.isNull(2) ? nil : MessageID(rows.uuid(2)),
          delivery: rows.optionalInteger(3).map(DeliveryID.init),
          destination: rows.optionalText(4).map(PartyID.init(_:)),
          from: rows.isNull(5) ? nil : rows.state(5), to: rows.isNull(6) ? nil : rows.state(6), actor: rows.text(7),
          note: rows.optionalText(8)))
    }
    return entries
  }
}
