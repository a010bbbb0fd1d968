import CryptographyKit
package import DossierModel
import SQLKit
package import ServiceKit

/// Looks things up in a store's database, beside gateways that may be writing to it, and never changes it.
package final class SQLDossierReader: DossierReader {
  private let engine: any StoreEngine
  let readers: ReaderPool
  let texts: StoreTexts

  /// The database is opened at the first look-up. `wrapping`: put before its connections, for tests.
  package convenience init(_ location: StoreLocation, wrapping: (any DatabaseWrapping)? = nil) {
    self.init(location.engine(), wrapping: wrapping)
  }

  init(_ engine: any StoreEngine, wrapping: (any DatabaseWrapping)? = nil) {
    self.engine = engine
    readers = ReaderPool(engine, wrapping: wrapping)
    texts = engine.texts
  }

  /// Bytes that new messages can take before the database has to grow: what removed ones left behind. 0 where only the
  /// database server knows.
  package func reusableBytes() throws(StoreError) -> Int {
    try readers.read { database throws(SQLError) in try engine.reusableBytes(in: database) }
  }

  /// Lets go of connections that nobody uses; the next look-up opens one again.
  func close() { readers.close() }

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
        "SELECT b.bytes FROM message_body AS b JOIN message AS m ON m.number = b.message WHERE m.id = ?")
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
      let rows = try database.prepare("SELECT number, type, sender FROM message WHERE dossier = ? ORDER BY number DESC")
      defer { rows.reset() }
      try rows.bind(.text(dossier.text))
      while try rows.step() {
        guard types.contains(rows.text(1)) else { continue }
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

  package func queue() throws(StoreError) -> [QueueRow] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT destination, state, count(*), min(created), min(due) FROM delivery WHERE open = 1
        GROUP BY destination, state ORDER BY destination, state
        """)
      defer { rows.reset() }
      var queue: [QueueRow] = []
      while try rows.step() {
        queue.append(
          QueueRow(
            destination: PartyID(rows.text(0)), state: rows.state(1), count: Int(rows.integer(2)),
            oldestAt: rows.timestamp(3), nextDue: rows.optionalTimestamp(4)))
      }
      return queue
    }
  }

  package func prunableTypes() throws(StoreError) -> [String] {
    try readers.read { database throws(SQLError) in
      // From one type to the next through the index; DISTINCT would read all of it.
      let next = try database.prepare(
        "SELECT type FROM message WHERE pruned IS NULL AND type > ? ORDER BY type LIMIT 1")
      defer { next.reset() }
      var types: [String] = []
      while true {
        try next.bind(.text(types.last ?? ""))
        guard try next.step() else { return types }
        types.append(next.text(0))
        next.reset()
      }
    }
  }

  package func prunable(
    _ type: String, before horizon: Timestamp, after place: PrunePage.Place
  ) throws(StoreError) -> PrunePage {
    try readers.read { database throws(SQLError) in
      let found = try PruneStatement.rows(type, before: horizon, after: place, in: database)
      return PrunePage(candidates: found.map(\.candidate))
    }
  }

  package func nextDue(for destination: PartyID) throws(StoreError) -> Timestamp? {
    try readers.read { database throws(SQLError) in
      let row = try database.prepare(
        """
        SELECT min(due) FROM (
          SELECT due FROM (SELECT due FROM delivery WHERE destination = ?1 AND state = 'ready' LIMIT 1) AS ready
          UNION ALL SELECT due FROM (
            SELECT due FROM delivery WHERE destination = ?1 AND due IS NOT NULL AND state <> 'ready'
            ORDER BY due, number LIMIT 1) AS retry) AS earliest
        """)
      defer { row.reset() }
      try row.bind(.text(destination.text))
      return try row.step() ? row.optionalTimestamp(0) : nil
    }
  }

  package func queueAges(minutes bounds: [Int], at now: Timestamp) throws(StoreError) -> [QueueAges] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT destination, (? - created) / 60000000 AS age, count(*) FROM delivery WHERE open = 1
        GROUP BY destination, age ORDER BY destination
        """)
      defer { rows.reset() }
      try rows.bind(.integer(now.microseconds))
      var found: [QueueAges] = []
      while try rows.step() {
        let destination = PartyID(rows.text(0))
        if found.last?.destination != destination {
          found.append(QueueAges(destination: destination, counts: [Int](repeating: 0, count: bounds.count + 1)))
        }
        let age = Int(rows.integer(1))
        found[found.count - 1].counts[bounds.firstIndex { age < $0 } ?? bounds.count] += Int(rows.integer(2))
      }
      return found
    }
  }

  package func standing(of delivery: DeliveryID) throws(StoreError) -> DeliveryStanding? {
    try readers.read { database throws(SQLError) in
      guard var standing = try Self.standing(of: delivery, in: database) else { return nil }
      if standing.delivery.state == .ready { standing.place = try Self.place(of: standing.delivery, in: database) }
      return standing
    }
  }

  package func standings(
    _ selection: DeliverySelection, limit: Int
  ) throws(StoreError) -> [DeliveryStanding] {
    try readers.read { database throws(SQLError) in
      var found: [DeliveryID] = []
      let statement = SelectionStatement(selection, limit: limit, texts)
      let rows = try database.prepare(statement.sql)
      try rows.bind(statement.values)
      while try rows.step() { found.append(DeliveryID(rows.integer(0))) }
      rows.reset()
      var standings: [DeliveryStanding] = []
      for delivery in found {
        if let standing = try Self.standing(of: delivery, in: database) { standings.append(standing) }
      }
      return standings
    }
  }

  private static func standing(
    of delivery: DeliveryID, in database: any SQLDatabase
  ) throws(SQLError) -> DeliveryStanding? {
    let row = try database.prepare(
      "SELECT d.message, d.dossier, m.id FROM delivery AS d JOIN message AS m ON m.number = d.message WHERE d.number = ?"
    )
    defer { row.reset() }
    try row.bind(.integer(delivery.number))
    guard try row.step() else { return nil }
    let (number, dossier, message) = (row.integer(0), DossierCode(row.text(1)), MessageID(row.uuid(2)))
    guard let own = try Self.deliveries(ofMessage: number, in: database).first(where: { $0.id == delivery }) else {
      preconditionFailure("a delivery belongs to its message")
    }
    let earlier = try database.prepare(
      """
      SELECT number, message FROM delivery
      WHERE destination = ? AND dossier = ? AND open = 1 AND number < ? ORDER BY number LIMIT 1
      """)
    defer { earlier.reset() }
    try earlier.bind(.text(own.destination.text), .text(dossier.text), .integer(delivery.number))
    var predecessor: StoredDelivery?
    if try earlier.step() {
      let id = DeliveryID(earlier.integer(0))
      predecessor = try Self.deliveries(ofMessage: earlier.integer(1), in: database).first { $0.id == id }
    }
    return DeliveryStanding(delivery: own, dossier: dossier, message: message, predecessor: predecessor)
  }

  package func failureGroups(of destination: PartyID?) throws(StoreError) -> [FailureGroup] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT destination, type, state, failure, note, count(*), min(created), max(created) FROM delivery
          \(texts.by("delivery_stopped"))
        WHERE state IN ('held', 'dead') AND (CAST(?1 AS TEXT) IS NULL OR destination = ?1)
        GROUP BY destination, type, state, failure, note ORDER BY 6 DESC, 7
        """)
      defer { rows.reset() }
      try rows.bind(.text(optional: destination?.text))
      var groups: [FailureGroup] = []
      while try rows.step() {
        groups.append(
          FailureGroup(
            destination: PartyID(rows.text(0)), type: rows.text(1), state: rows.state(2),
            failure: rows.optionalText(3).flatMap(FailureClass.init(rawValue:)), note: rows.optionalText(4),
            count: Int(rows.integer(5)), oldestAt: rows.timestamp(6), newestAt: rows.timestamp(7)))
      }
      return groups
    }
  }

  package func heldOutputs(after delivery: DeliveryID?, limit: Int) throws(StoreError) -> [HeldOutput] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(texts.heldOutputs)
      defer { rows.reset() }
      try rows.bind(.integer(delivery?.number ?? 0), .integer(Int64(limit)))
      var found: [HeldOutput] = []
      while try rows.step() {
        found.append(
          HeldOutput(
            delivery: DeliveryID(rows.integer(0)), message: MessageID(rows.uuid(1)), destination: PartyID(rows.text(2)),
            type: rows.text(3)))
      }
      return found
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

  private static func deliveries(
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
