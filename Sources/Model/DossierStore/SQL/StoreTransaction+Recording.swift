import CryptographyKit
import DossierModel
import SQLKit
import ServiceKit

extension StoreTransaction {
  func record(_ records: [MessageRecord]) throws(SQLError) -> RecordingOutcome {
    // All keys are looked at before anything is written, so that "none" needs no undoing.
    var earlier: [Receipt?] = []
    for (index, record) in records.enumerated() {
      guard let key = record.envelope.key, let found = try lookup.earlierMessage(with: key, as: record) else {
        earlier.append(nil)
        continue
      }
      guard found.digest == record.envelope.digest else { return .keyReused(at: index) }
      earlier.append(found)
    }
    var recorded: [RecordedMessage] = []
    for (record, earlier) in zip(records, earlier) {
      if let earlier {
        recorded.append(RecordedMessage(receipt: earlier, isDuplicate: true))
        continue
      }
      try insert(record)
      recorded.append(RecordedMessage(receipt: record.receipt, isDuplicate: false))
    }
    return .recorded(recorded)
  }

  func journal(_ refusal: RefusalRecord) throws(SQLError) {
    let note = ([refusal.fault.rawValue] + refusal.rules.prefix(16)).joined(separator: "; ")
    try database.run(
      "INSERT INTO journal(at, event, dossier, actor, note) VALUES(?, 'turnedAway', ?, ?, ?)",
      .integer(refusal.at.microseconds), .text(optional: refusal.dossier?.text),
      .text(refusal.sender?.text ?? "unknown"), .text(note))
  }

  private func insert(_ record: MessageRecord) throws(SQLError) {
    let envelope = record.envelope
    let message = try lookup.newMessageNumber()
    let received = SQLValue.integer(envelope.receivedAt.microseconds)
    let dossier = SQLValue.text(record.fields.code.text)
    try database.run(
      """
      INSERT INTO message(number, id, sender, type, dossier, procedure, status, appointed, received, digest, key, scope,
        traceparent, bytes, unit, unit_level, field, channel, taken, reached, marks)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .integer(message), .blob(envelope.id.uuid.bytes), .text(envelope.sender.text), .text(envelope.type), dossier,
      .text(optional: record.fields.procedure), .text(optional: record.fields.status),
      .integer(optional: record.fields.appointedAt?.microseconds), received, .blob(envelope.digest.bytes),
      .text(optional: envelope.key?.text), .text(optional: envelope.key?.scope.rawValue),
      .text(optional: envelope.traceparent), .integer(Int64(record.body.count)), .text(optional: record.facts.unit),
      .text(optional: record.facts.unitLevel), .text(optional: record.facts.field),
      .text(optional: record.facts.channel), .integer(optional: record.facts.takenAt?.microseconds),
      .integer(optional: record.facts.reachedAt?.microseconds), .integer(Int64(record.facts.marks.rawValue)))
    try database.run("INSERT INTO message_body VALUES(?, ?)", .integer(message), .blob(record.body))
    try database.run(
      "INSERT INTO journal(at, event, message, actor, note) VALUES(?, 'received', ?, ?, ?)", received,
      .integer(message), .text(envelope.sender.text), .text(optional: record.note))
    lookup.recorded(record)
    try name(record.files, for: envelope.sender, message: message)
    for delivery in record.deliveries {
      try insert(delivery, message: message, of: record, dossier: dossier, received: received)
    }
    try conduct(record, message: message)
  }

  /// Writes down that the message names these files for a party.
  func name(_ files: [String], for party: PartyID, message: Int64) throws(SQLError) {
    for file in files {
      guard let digest = try? Hexadecimal.decode(file) else { preconditionFailure("a digest is hexadecimal") }
      try database.run(
        "INSERT INTO file_reference(digest, message, party) VALUES(?, ?, ?) ON CONFLICT DO NOTHING", .blob(digest),
        .integer(message), .text(party.text))
    }
  }

  private func insert(
    _ delivery: NewDelivery, message: Int64, of record: MessageRecord, dossier: SQLValue, received: SQLValue
  ) throws(SQLError) {
    let stream = DeliveryStream(destination: delivery.destination, dossier: record.fields.code)
    let number = try lookup.newDeliveryNumber()
    if delivery.coalesces, delivery.heldReason == nil { try supersede(before: number, in: stream, record, delivery) }
    let beginning =
      if delivery.heldReason != nil { DeliveryBeginning.held } else {
        try beginning(in: stream, at: record.envelope.receivedAt)
      }
    if case .ready = beginning { ready.insert(delivery.destination) }
    try database.run(
      """
      INSERT INTO delivery(number, message, destination, dossier, type, state, open, due, bulk, urgency, created,
        note) VALUES(?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)
      """,
      .integer(number), .integer(message), .text(delivery.destination.text), dossier, .text(delivery.type),
      .text(beginning.state.rawValue), .integer(optional: beginning.due?.microseconds), .integer(record.isBulk ? 1 : 0),
      .integer(record.urgency.microseconds), received, .text(optional: delivery.heldReason))
    try name(delivery.files, for: delivery.destination, message: message)
    try database.run("INSERT INTO delivery_payload VALUES(?, ?)", .integer(number), .blob(delivery.payload))
    try database.run(
      """
      INSERT INTO journal(at, event, message, delivery, to_state, actor, note)
      VALUES(?, 'queued', ?, ?, ?, 'gateway', ?)
      """,
      received, .integer(message), .integer(number), .text(beginning.state.rawValue),
      .text(optional: delivery.heldReason ?? delivery.note))
    lookup.queued(DeliveryRow(id: DeliveryID(number), message: message, stream: stream, state: beginning.state))
  }

  /// Of a delivery that nothing holds: behind what is not done yet of its stream, or at once.
  func beginning(in stream: DeliveryStream, at now: Timestamp) throws(SQLError) -> DeliveryBeginning {
    try lookup.firstOpen(in: stream) == nil ? .ready(due: now) : .waiting
  }
}

extension MessageRecord {
  /// The moment by which its deliveries are ordered inside a destination: the legal deadline (ngày hẹn trả), or five days
  /// after it came where the message names none, so that it is passed by urgent ones for a while and not for ever.
  var urgency: Timestamp { fields.appointedAt ?? envelope.receivedAt + Self.standardUrgency }

  static let standardUrgency = Duration.seconds(5 * 86_400)

  /// What its sender is owed once it is stored.
  var receipt: Receipt {
    Receipt(id: envelope.id, digest: envelope.digest, receivedAt: envelope.receivedAt, dossier: fields.code)
  }
}
