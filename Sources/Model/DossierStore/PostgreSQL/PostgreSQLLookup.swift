import CryptographyKit
import DossierModel
import SQLKit
import ServiceKit

/// Locks and looks up what a batch names in a few questions for the whole batch, and keeps the answers true while the
/// batch writes. What no change has named is asked for when it is needed.
final class PostgreSQLLookup: StoreLookup {
  /// The deliveries of a stream that later ones have to wait for, the earliest first.
  private struct OpenDeliveries {
    var rows: [DeliveryRow] = []
    /// Whether these are all.
    var isComplete = true
  }

  /// Open deliveries looked up for each stream: the one that is settled, its successor, and one more.
  private static let depth = 3

  private let database: any SQLDatabase
  let epoch: Int64?
  let mark: TransactionMark?
  /// Another gateway has ended this one's epoch.
  let hasLostEpoch: Bool

  private var lockedDossiers: Set<DossierCode>
  private var messageNumbers: [Int64] = []
  private var deliveryNumbers: [Int64] = []
  private var rows: [DeliveryID: DeliveryRow] = [:]
  private var open: [DeliveryStream: OpenDeliveries] = [:]
  private var keys: [BatchSubjects.KeyPlace: Receipt] = [:]
  private var latest: [BatchSubjects.LatestPlace: (key: String?, receipt: Receipt)] = [:]

  init(_ database: any SQLDatabase, lease: NodeLease, ordinal: Int64, _ batch: [StoreChange]) throws(SQLError) {
    let subjects = BatchSubjects(batch)
    self.database = database
    lockedDossiers = subjects.dossiers
    try Self.lock(subjects, in: database)
    let epoch = lease.epoch
    let isAlive = epoch != 0 ? try Self.isAlive(epoch, in: database) : false
    self.epoch = isAlive ? lease.validEpoch : nil
    hasLostEpoch = epoch != 0 && !isAlive
    mark = epoch != 0 ? TransactionMark(epoch: epoch, ordinal: ordinal) : nil
    if epoch != 0 {
      try database.run("UPDATE node_batch SET number = ? WHERE epoch = ?", .integer(ordinal), .integer(epoch))
    }
    try drawNumbers(subjects)
    try findDeliveries(subjects)
    try findMessages(subjects)
  }

  // MARK: At the start of a batch

  /// All locks in one question and in the order of their numbers, so that two batches never wait for each other in a
  /// circle. The dossier of a delivery never changes, so it can be read before its lock is held.
  private static func lock(_ subjects: BatchSubjects, in database: any SQLDatabase) throws(SQLError) {
    guard !subjects.dossiers.isEmpty || !subjects.deliveries.isEmpty else { return }
    try database.run(
      """
      SELECT pg_advisory_xact_lock(wanted.lock) FROM (
        SELECT hashtextextended(dossier, 1) AS lock FROM unnest(CAST(CAST(?1 AS TEXT) AS TEXT[])) AS dossier
        UNION SELECT hashtextextended(d.dossier, 1)
          FROM unnest(CAST(CAST(?2 AS TEXT) AS BIGINT[])) AS named(number) JOIN delivery AS d ON d.number = named.number
        UNION SELECT hashtextextended(key, 2) FROM unnest(CAST(CAST(?3 AS TEXT) AS TEXT[])) AS key
        ORDER BY lock) AS wanted
      """,
      ServerArray(subjects.dossiers.map(\.text)).value, ServerArray(subjects.deliveries.map(\.number)).value,
      ServerArray(subjects.keys.map { "\($0.sender.text)\n\($0.key)" }).value)
  }

  func isLive(_ epoch: Int64) throws(SQLError) -> Bool { try Self.isAlive(epoch, in: database) }

  /// Whether the epoch is alive; it stays so until the transaction has ended.
  private static func isAlive(_ epoch: Int64, in database: any SQLDatabase) throws(SQLError) -> Bool {
    let row = try database.prepare("SELECT 1 FROM node WHERE epoch = ? AND ended IS NULL FOR KEY SHARE")
    defer { row.reset() }
    try row.bind(.integer(epoch))
    return try row.step()
  }

  private func drawNumbers(_ subjects: BatchSubjects) throws(SQLError) {
    guard subjects.messages > 0 else { return }
    let numbers = try database.prepare(
      """
      SELECT 0, nextval('message_number') FROM generate_series(1, CAST(? AS BIGINT))
      UNION ALL SELECT 1, nextval('delivery_number') FROM generate_series(1, CAST(? AS BIGINT))
      """)
    defer { numbers.reset() }
    try numbers.bind(.integer(Int64(subjects.messages)), .integer(Int64(subjects.newDeliveries)))
    while try numbers.step() {
      let number = numbers.integer(1)
      if numbers.integer(0) == 0 { messageNumbers.append(number) } else { deliveryNumbers.append(number) }
    }
    // The smallest is taken first, from the end.
    messageNumbers.sort(by: >)
    deliveryNumbers.sort(by: >)
  }

  private func findDeliveries(_ subjects: BatchSubjects) throws(SQLError) {
    guard !subjects.deliveries.isEmpty || !subjects.streams.isEmpty else { return }
    let found = try database.prepare(
      """
      WITH named AS (
        SELECT d.number, d.message, d.destination, d.dossier, d.state, d.epoch, d.attempts
        FROM unnest(CAST(CAST(?1 AS TEXT) AS BIGINT[])) AS wanted(number) JOIN delivery AS d ON d.number = wanted.number),
      stream AS (
        SELECT destination, dossier FROM named
        UNION SELECT destination COLLATE "C", dossier COLLATE "C"
          FROM unnest(CAST(CAST(?2 AS TEXT) AS TEXT[]), CAST(CAST(?3 AS TEXT) AS TEXT[])) AS asked(destination, dossier))
      SELECT 0, number, message, destination, dossier, state, epoch, attempts FROM named
      UNION ALL
      SELECT 1, first.number, first.message, stream.destination, stream.dossier, first.state, first.epoch, first.attempts
      FROM stream CROSS JOIN LATERAL (
        SELECT d.number, d.message, d.state, d.epoch, d.attempts FROM delivery AS d
        WHERE d.destination = stream.destination AND d.dossier = stream.dossier AND d.open = 1
        ORDER BY d.number LIMIT CAST(?4 AS BIGINT)) AS first
      """)
    defer { found.reset() }
    let streams = Array(subjects.streams)
    try found.bind(
      ServerArray(subjects.deliveries.map(\.number)).value, ServerArray(streams.map(\.destination.text)).value,
      ServerArray(streams.map(\.dossier.text)).value, .integer(Int64(Self.depth)))
    for stream in streams { open[stream] = OpenDeliveries() }
    while try found.step() {
      let stream = DeliveryStream(destination: PartyID(found.text(3)), dossier: DossierCode(found.text(4)))
      let row = DeliveryRow(
        id: DeliveryID(found.integer(1)), message: found.integer(2), stream: stream, state: found.state(5),
        epoch: found.integer(6), attempts: found.integer(7))
      if found.integer(0) == 0 {
        rows[row.id] = row
        lockedDossiers.insert(stream.dossier)
        if open[stream] == nil { open[stream] = OpenDeliveries() }
      } else {
        open[stream, default: OpenDeliveries()].rows.append(row)
      }
    }
    open = open.mapValues { found in
      OpenDeliveries(
        rows: found.rows.sorted { $0.id.number < $1.id.number }, isComplete: found.rows.count < Self.depth)
    }
  }

  private func findMessages(_ subjects: BatchSubjects) throws(SQLError) {
    guard !subjects.keys.isEmpty || !subjects.latest.isEmpty else { return }
    let found = try database.prepare(
      """
      SELECT 0, m.sender, m.key, m.dossier, m.type, m.id, m.digest, m.received
      FROM unnest(CAST(CAST(?1 AS TEXT) AS TEXT[]), CAST(CAST(?2 AS TEXT) AS TEXT[])) AS asked(sender, key)
        JOIN message AS m ON m.sender = asked.sender AND m.key = asked.key AND m.scope = 'always'
      UNION ALL
      SELECT 1, last.sender, last.key, last.dossier, last.type, last.id, last.digest, last.received
      FROM unnest(CAST(CAST(?3 AS TEXT) AS TEXT[]), CAST(CAST(?4 AS TEXT) AS TEXT[]), CAST(CAST(?5 AS TEXT) AS TEXT[]))
          AS asked(dossier, sender, type)
        CROSS JOIN LATERAL (
          SELECT * FROM message AS m
          WHERE m.dossier = asked.dossier AND m.sender = asked.sender AND m.type = asked.type
          ORDER BY m.number DESC LIMIT 1) AS last
      """)
    defer { found.reset() }
    let keys = Array(subjects.keys)
    let latest = Array(subjects.latest)
    try found.bind(
      ServerArray(keys.map(\.sender.text)).value, ServerArray(keys.map(\.key)).value,
      ServerArray(latest.map(\.dossier.text)).value, ServerArray(latest.map(\.sender.text)).value,
      ServerArray(latest.map(\.type)).value)
    while try found.step() {
      let sender = PartyID(found.text(1))
      let dossier = DossierCode(found.text(3))
      let receipt = Receipt(
        id: MessageID(found.uuid(5)), digest: found.digest(6), receivedAt: found.timestamp(7), dossier: dossier)
      if found.integer(0) == 0 {
        self.keys[BatchSubjects.KeyPlace(sender: sender, key: found.text(2))] = receipt
      } else {
        let place = BatchSubjects.LatestPlace(dossier: dossier, sender: sender, type: found.text(4))
        self.latest[place] = (found.optionalText(2), receipt)
      }
    }
  }

  // MARK: While the batch is carried out

  func newMessageNumber() throws(SQLError) -> Int64 {
    guard let number = messageNumbers.popLast() else { return try draw("SELECT nextval('message_number')") }
    return number
  }

  func newDeliveryNumber() throws(SQLError) -> Int64 {
    guard let number = deliveryNumbers.popLast() else { return try draw("SELECT nextval('delivery_number')") }
    return number
  }

  /// For what no change has named.
  private func draw(_ sql: StaticString) throws(SQLError) -> Int64 {
    let row = try database.prepare(sql)
    defer { row.reset() }
    guard try row.step() else { preconditionFailure("a sequence has a next number") }
    return row.integer(0)
  }

  func earlierMessage(with key: MessageKey, as record: MessageRecord) -> Receipt? {
    switch key.scope {
    case .always: return keys[BatchSubjects.KeyPlace(sender: record.envelope.sender, key: key.text)]
    case .latest:
      guard let last = latest[BatchSubjects.LatestPlace(record)], last.key == key.text else { return nil }
      return last.receipt
    }
  }

  func delivery(_ id: DeliveryID) throws(SQLError) -> DeliveryRow? {
    if let row = rows[id] { return row }
    let row = try database.prepare(
      "SELECT message, destination, dossier, state, epoch, attempts FROM delivery WHERE number = ?")
    try row.bind(.integer(id.number))
    return try Self.delivery(id, from: row)
  }

  func heldDelivery(_ id: DeliveryID) throws(SQLError) -> DeliveryRow? {
    let row = try database.prepare(
      "SELECT message, destination, dossier, state, epoch, attempts FROM delivery WHERE number = ? FOR UPDATE")
    try row.bind(.integer(id.number))
    return try Self.delivery(id, from: row)
  }

  private static func delivery(_ id: DeliveryID, from row: any SQLStatement) throws(SQLError) -> DeliveryRow? {
    defer { row.reset() }
    guard try row.step() else { return nil }
    let stream = DeliveryStream(destination: PartyID(row.text(1)), dossier: DossierCode(row.text(2)))
    return DeliveryRow(
      id: id, message: row.integer(0), stream: stream, state: row.state(3), epoch: row.integer(4),
      attempts: row.integer(5))
  }

  func firstOpen(in stream: DeliveryStream) throws(SQLError) -> DeliveryRow? {
    if let known = open[stream], known.isComplete || !known.rows.isEmpty { return known.rows.first }
    let row = try database.prepare(
      """
      SELECT number, message, state, epoch, attempts FROM delivery
      WHERE destination = ? AND dossier = ? AND open = 1 ORDER BY number LIMIT 1
      """)
    defer { row.reset() }
    try row.bind(.text(stream.destination.text), .text(stream.dossier.text))
    guard try row.step() else { return nil }
    return DeliveryRow(
      id: DeliveryID(row.integer(0)), message: row.integer(1), stream: stream, state: row.state(2),
      epoch: row.integer(3), attempts: row.integer(4))
  }

  func payloads(of deliveries: [DeliveryID]) throws(SQLError) -> [DeliveryID: [UInt8]] {
    guard !deliveries.isEmpty else { return [:] }
    let rows = try database.prepare(
      """
      SELECT p.delivery, p.bytes FROM unnest(CAST(CAST(? AS TEXT) AS BIGINT[])) AS wanted(number)
        JOIN delivery_payload AS p ON p.delivery = wanted.number
      """)
    defer { rows.reset() }
    try rows.bind(ServerArray(deliveries.map(\.number)).value)
    var payloads: [DeliveryID: [UInt8]] = [:]
    while try rows.step() { payloads[DeliveryID(rows.integer(0))] = rows.blob(1) }
    return payloads
  }

  func hold(_ dossiers: Set<DossierCode>) throws(SQLError) {
    let wanted = dossiers.subtracting(lockedDossiers)
    guard !wanted.isEmpty else { return }
    try database.run(
      """
      SELECT pg_advisory_xact_lock(wanted.lock) FROM (
        SELECT hashtextextended(dossier, 1) AS lock FROM unnest(CAST(CAST(? AS TEXT) AS TEXT[])) AS dossier
        ORDER BY lock) AS wanted
      """, ServerArray(wanted.map(\.text)).value)
    lockedDossiers.formUnion(wanted)
  }

  func recorded(_ record: MessageRecord) {
    let key = record.envelope.key
    if let key, key.scope == .always {
      keys[BatchSubjects.KeyPlace(sender: record.envelope.sender, key: key.text)] = record.receipt
    }
    latest[BatchSubjects.LatestPlace(record)] = (key?.text, record.receipt)
  }

  func queued(_ row: DeliveryRow) {
    guard open[row.stream]?.isComplete == true else { return }
    open[row.stream]?.rows.append(row)
  }

  func moved(_ row: DeliveryRow, to state: DeliveryState) {
    // Asked for anew when it is named once more: epoch and attempts may have changed with it.
    rows[row.id] = nil
    guard let index = open[row.stream]?.rows.firstIndex(where: { $0.id == row.id }) else { return }
    if state.releasesSuccessors {
      open[row.stream]?.rows.remove(at: index)
    } else {
      open[row.stream]?.rows[index] = DeliveryRow(
        id: row.id, message: row.message, stream: row.stream, state: state)
    }
  }
}
