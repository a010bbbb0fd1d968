import CryptographyKit
import DossierModel
import SQLKit
import ServiceKit

/// Looks row by row: the file is in this process, and the one writer's transaction is all the lock there is.
final class SQLiteLookup: StoreLookup {
  private let database: any SQLDatabase
  let epoch: Int64?
  var mark: TransactionMark? { nil }
  private var lastMessage: Int64?
  private var lastDelivery: Int64?

  init(_ database: any SQLDatabase, epoch: Int64) {
    self.database = database
    self.epoch = epoch
  }

  /// A start ends every epoch before it.
  func isLive(_ epoch: Int64) -> Bool { epoch == self.epoch }

  func newMessageNumber() throws(SQLError) -> Int64 {
    try Self.next(&lastMessage) { () throws(SQLError) in
      try database.prepare("SELECT coalesce(max(number), 0) FROM message")
    }
  }

  func newDeliveryNumber() throws(SQLError) -> Int64 {
    try Self.next(&lastDelivery) { () throws(SQLError) in
      try database.prepare("SELECT coalesce(max(number), 0) FROM delivery")
    }
  }

  /// The write lock is held since the transaction began, so nobody else adds rows.
  private static func next(
    _ last: inout Int64?, _ newest: () throws(SQLError) -> any SQLStatement
  ) throws(SQLError) -> Int64 {
    if let known = last {
      last = known + 1
      return known + 1
    }
    let row = try newest()
    defer { row.reset() }
    guard try row.step() else { preconditionFailure("an aggregate has a row") }
    last = row.integer(0) + 1
    return row.integer(0) + 1
  }

  func earlierMessage(with key: MessageKey, as record: MessageRecord) throws(SQLError) -> Receipt? {
    let sender = record.envelope.sender.text
    let row: any SQLStatement
    switch key.scope {
    case .always:
      row = try database.prepare(
        "SELECT id, digest, received, dossier FROM message WHERE sender = ? AND key = ? AND scope = 'always'")
      try row.bind(.text(sender), .text(key.text))
    case .latest:
      row = try database.prepare(
        """
        SELECT id, digest, received, dossier FROM (
          SELECT id, digest, received, dossier, key FROM message
          WHERE dossier = ? AND sender = ? AND type = ? ORDER BY number DESC LIMIT 1)
        WHERE key = ?
        """)
      try row.bind(.text(record.fields.code.text), .text(sender), .text(record.envelope.type), .text(key.text))
    }
    defer { row.reset() }
    guard try row.step() else { return nil }
    return Receipt(
      id: MessageID(row.uuid(0)), digest: row.digest(1), receivedAt: row.timestamp(2), dossier: DossierCode(row.text(3))
    )
  }

  func delivery(_ id: DeliveryID) throws(SQLError) -> DeliveryRow? {
    let row = try database.prepare(
      "SELECT message, destination, dossier, state, epoch, attempts FROM delivery WHERE number = ?")
    defer { row.reset() }
    try row.bind(.integer(id.number))
    guard try row.step() else { return nil }
    let stream = DeliveryStream(destination: PartyID(row.text(1)), dossier: DossierCode(row.text(2)))
    return DeliveryRow(
      id: id, message: row.integer(0), stream: stream, state: row.state(3), epoch: row.integer(4),
      attempts: row.integer(5))
  }

  func firstOpen(in stream: DeliveryStream) throws(SQLError) -> DeliveryRow? {
    let row = try database.prepare(
      """
      SELECT number, message, state FROM delivery
      WHERE destination = ? AND dossier = ? AND open = 1 ORDER BY number LIMIT 1
      """)
    defer { row.reset() }
    try row.bind(.text(stream.destination.text), .text(stream.dossier.text))
    guard try row.step() else { return nil }
    return DeliveryRow(id: DeliveryID(row.integer(0)), message: row.integer(1), stream: stream, state: row.state(2))
  }

  func payloads(of deliveries: [DeliveryID]) throws(SQLError) -> [DeliveryID: [UInt8]] {
    var payloads: [DeliveryID: [UInt8]] = [:]
    for delivery in deliveries {
      let row = try database.prepare("SELECT bytes FROM delivery_payload WHERE delivery = ?")
      defer { row.reset() }
      try row.bind(.integer(delivery.number))
      if try row.step() { payloads[delivery] = row.blob(0) }
    }
    return payloads
  }

  func heldDelivery(_ id: DeliveryID) throws(SQLError) -> DeliveryRow? { try delivery(id) }

  // The transaction holds everything, and what it wrote is found by asking.
  func hold(_ dossiers: Set<DossierCode>) {}
  func recorded(_ record: MessageRecord) {}
  func queued(_ row: DeliveryRow) {}
  func moved(_ row: DeliveryRow, to state: DeliveryState) {}
}
