import CryptographyKit
package import DossierModel
import SQLKit
import ServiceKit

extension SQLiteDossierStore {
  package func record(
    _ records: [MessageRecord], then completion: @escaping @Sendable (Result<RecordingOutcome, StoreError>) -> Void
  ) {
    precondition(!records.isEmpty, "a request that records nothing does not come to the store")
    writer.submit(
      GroupCommitWriter.Change(
        perform: { [self] database throws(SQLError) in
          let (outcome, ready) = try Self.record(records, in: database)
          return { [self] in
            completion(.success(outcome))
            announceReady(ready)
          }
        },
        fail: { completion(.failure($0)) }))
  }

  package func journalRefusal(_ refusal: RefusalRecord) {
    writer.submit(
      GroupCommitWriter.Change(
        perform: { database throws(SQLError) in
          let note = ([refusal.fault.rawValue] + refusal.rules.prefix(16)).joined(separator: "; ")
          try database.run(
            "INSERT INTO journal(at, event, dossier, actor, note) VALUES(?, 'turnedAway', ?, ?, ?)",
            .integer(refusal.at.microseconds), .text(optional: refusal.dossier?.text),
            .text(refusal.sender?.text ?? "unknown"), .text(note))
          return {}
        },
        // A refusal changes nothing that was promised; losing its line with the disk is all that happens.
        fail: { _ in }))
  }

  private static func record(
    _ records: [MessageRecord], in database: SQLiteDatabase
  ) throws(SQLError) -> (RecordingOutcome, ready: Set<PartyID>) {
    // All keys are looked at before anything is written, so that "none" needs no undoing.
    var earlier: [Receipt?] = []
    for (index, record) in records.enumerated() {
      guard let key = record.envelope.key, let found = try earlierMessage(with: key, as: record, in: database) else {
        earlier.append(nil)
        continue
      }
      guard found.digest == record.envelope.digest else { return (.keyReused(at: index), []) }
      earlier.append(found)
    }
    var recorded: [RecordedMessage] = []
    var ready: Set<PartyID> = []
    for (record, earlier) in zip(records, earlier) {
      if let earlier {
        recorded.append(RecordedMessage(receipt: earlier, isDuplicate: true))
        continue
      }
      try insert(record, in: database, ready: &ready)
      let envelope = record.envelope
      recorded.append(
        RecordedMessage(
          receipt: Receipt(
            id: envelope.id, digest: envelope.digest, receivedAt: envelope.receivedAt, dossier: record.fields.code),
          isDuplicate: false))
    }
    return (.recorded(recorded), ready)
  }

  private static func earlierMessage(
    with key: MessageKey, as record: MessageRecord, in database: SQLiteDatabase
  ) throws(SQLError) -> Receipt? {
    let sender = record.envelope.sender.text
    let row: SQLiteStatement
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

  private static func insert(
    _ record: MessageRecord, in database: SQLiteDatabase, ready: inout Set<PartyID>
  ) throws(SQLError) {
    let envelope = record.envelope
    let received = SQLValue.integer(envelope.receivedAt.microseconds)
    let dossier = SQLValue.text(record.fields.code.text)
    try database.run(
      """
      INSERT INTO message(id, sender, type, dossier, procedure, status, appointed, received, digest, key, scope,
        traceparent, bytes) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .blob(envelope.id.uuid.bytes), .text(envelope.sender.text), .text(envelope.type), dossier,
      .text(optional: record.fields.procedure), .text(optional: record.fields.status),
      .integer(optional: record.fields.appointedAt?.microseconds), received, .blob(envelope.digest.bytes),
      .text(optional: envelope.key?.text), .text(optional: envelope.key?.scope.rawValue),
      .text(optional: envelope.traceparent), .integer(Int64(record.body.count)))
    let message = database.lastInsertedKey
    try database.run("INSERT INTO message_body VALUES(?, ?)", .integer(message), .blob(record.body))
    try database.run(
      "INSERT INTO journal(at, event, message, actor) VALUES(?, 'received', ?, ?)", received, .integer(message),
      .text(envelope.sender.text))
    for delivery in record.deliveries {
      let state = try firstState(of: delivery, about: record.fields.code, in: database)
      if state == .ready { ready.insert(delivery.destination) }
      try insert(delivery, state: state, message: message, dossier: dossier, received: received, in: database)
    }
  }

  private static func firstState(
    of delivery: NewDelivery, about dossier: DossierCode, in database: SQLiteDatabase
  ) throws(SQLError) -> DeliveryState {
    if delivery.heldReason != nil { return .held }
    let predecessor = try database.prepare(
      "SELECT 1 FROM delivery WHERE destination = ? AND dossier = ? AND open = 1 LIMIT 1")
    defer { predecessor.reset() }
    try predecessor.bind(.text(delivery.destination.text), .text(dossier.text))
    return try predecessor.step() ? .waiting : .ready
  }

  private static func insert(
    _ delivery: NewDelivery, state: DeliveryState, message: Int64, dossier: SQLValue, received: SQLValue,
    in database: SQLiteDatabase
  ) throws(SQLError) {
    try database.run(
      """
      INSERT INTO delivery(message, destination, dossier, type, state, open, due, created, note)
      VALUES(?, ?, ?, ?, ?, 1, ?, ?, ?)
      """,
      .integer(message), .text(delivery.destination.text), dossier, .text(delivery.type), .text(state.rawValue),
      state.isClaimable ? received : .null, received, .text(optional: delivery.heldReason))
    let number = database.lastInsertedKey
    try database.run("INSERT INTO delivery_payload VALUES(?, ?)", .integer(number), .blob(delivery.payload))
    try database.run(
      """
      INSERT INTO journal(at, event, message, delivery, to_state, actor, note)
      VALUES(?, 'queued', ?, ?, ?, 'gateway', ?)
      """,
      received, .integer(message), .integer(number), .text(state.rawValue),
      .text(optional: delivery.heldReason))
  }
}
