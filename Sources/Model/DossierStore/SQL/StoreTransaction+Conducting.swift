import DossierModel
import SQLKit
import ServiceKit

extension StoreTransaction {
  /// Tells the conductor of a message that has just been recorded, and writes its move.
  func conduct(_ record: MessageRecord, message: Int64) throws(SQLError) {
    guard let conductor, let conducted = record.conducted else { return }
    let sender = record.envelope.sender
    let found = try heldProcedure(knownAs: conducted.codes, to: sender)
    let context = ConductOccasion.MessageContext(
      id: record.envelope.id, sender: sender, dossier: found?.dossier ?? record.fields.code,
      recipients: record.deliveries.map(\.destination),
      delivered: try found.map { found throws(SQLError) in
        try Arrivals.ofProcedure(found.dossier, to: sender, in: database)
      } ?? [:])
    let now = record.envelope.receivedAt
    guard let move = conductor.conduct(.message(conducted, context), state: found?.state, at: now) else { return }
    if found == nil {
      try insert(move, dossier: context.dossier, sender: sender, message: message, at: now)
    } else {
      try update(move, dossier: context.dossier, at: now)
    }
    try write(move, dossier: context.dossier, message: message, at: now)
  }

  /// False, and nothing is changed, when there is no such procedure or its conductor wants nothing written.
  func conduct(_ order: ConductOrder) throws(SQLError) -> Bool {
    guard let conductor, let found = try heldProcedure(knownAs: [order.dossier], to: nil) else { return false }
    // Somebody else may have been faster: then it is not due any more.
    if case .timer = order.occasion, found.timer.map({ $0 > order.at }) ?? true { return false }
    var occasion = order.occasion
    if case .timer = occasion {
      occasion = .timer(delivered: try Arrivals.ofProcedure(found.dossier, to: nil, in: database))
    }
    guard let move = conductor.conduct(occasion, state: found.state, at: order.at) else { return false }
    try update(move, dossier: found.dossier, at: order.at)
    try write(move, dossier: found.dossier, message: found.message, at: order.at)
    return true
  }

  private struct Held {
    let dossier: DossierCode
    let message: Int64
    let state: [UInt8]
    let timer: Timestamp?
  }

  /// The procedure as it stands, kept from other transactions until this one has ended.
  private func heldProcedure(knownAs codes: [DossierCode], to party: PartyID?) throws(SQLError) -> Held? {
    guard let dossier = try KnownProcedure.dossier(knownAs: codes, to: party, in: database) else { return nil }
    try lookup.hold([dossier])
    let row = try database.prepare("SELECT message, state, timer FROM procedure_instance WHERE dossier = ?")
    defer { row.reset() }
    try row.bind(.text(dossier.text))
    guard try row.step() else { return nil }
    return Held(dossier: dossier, message: row.integer(0), state: row.blob(1), timer: row.optionalTimestamp(2))
  }

  // MARK: Writing

  private func insert(
    _ move: ConductedMove, dossier: DossierCode, sender: PartyID, message: Int64, at now: Timestamp
  ) throws(SQLError) {
    try database.run(
      """
      INSERT INTO procedure_instance(dossier, procedure, version, sender, message, state, open, outcome, due, timer, began,
        changed) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .text(dossier.text), .text(move.procedure), .integer(Int64(move.version)), .text(sender.text), .integer(message),
      .blob(move.state), .integer(move.outcome == nil ? 1 : 0), .text(optional: move.outcome),
      .integer(optional: move.dueAt?.microseconds), .integer(optional: move.timer?.microseconds),
      .integer(now.microseconds), .integer(now.microseconds))
  }

  private func update(_ move: ConductedMove, dossier: DossierCode, at now: Timestamp) throws(SQLError) {
    try database.run(
      """
      UPDATE procedure_instance SET state = ?, open = ?, outcome = ?, due = ?, timer = ?, changed = ? WHERE dossier = ?
      """,
      .blob(move.state), .integer(move.outcome == nil ? 1 : 0), .text(optional: move.outcome),
      .integer(optional: move.dueAt?.microseconds), .integer(optional: move.timer?.microseconds),
      .integer(now.microseconds), .text(dossier.text))
  }

  private func write(
    _ move: ConductedMove, dossier: DossierCode, message: Int64, at now: Timestamp
  ) throws(SQLError) {
    for code in move.codes {
      try database.run(
        "INSERT INTO procedure_code(party, code, dossier) VALUES(?, ?, ?) ON CONFLICT DO NOTHING",
        .text(code.party?.text ?? ""), .text(code.code.text), .text(dossier.text))
    }
    for line in move.history {
      try database.run(
        "INSERT INTO procedure_line(dossier, at, kind, word, step, party, text) VALUES(?, ?, ?, ?, ?, ?, ?)",
        .text(dossier.text), .integer(line.at.microseconds), .text(line.kind.rawValue), .text(line.word),
        .text(optional: line.step), .text(optional: line.party?.text), .text(line.text))
    }
    for output in move.outputs {
      try insert(output, dossier: dossier, message: message, urgency: move.dueAt, at: now)
    }
  }

  /// It is held, in its turn among the deliveries of the dossier, until it is written (`supply`). Two of one name are a
  /// defect of the conductor, which the index refuses.
  private func insert(
    _ output: ConductedOutput, dossier: DossierCode, message: Int64, urgency: Timestamp?, at now: Timestamp
  ) throws(SQLError) {
    let stream = DeliveryStream(destination: output.destination, dossier: dossier)
    let state = DeliveryBeginning.held.state
    let number = try lookup.newDeliveryNumber()
    let urgency = urgency ?? now + MessageRecord.standardUrgency
    try database.run(
      """
      INSERT INTO delivery(number, message, destination, dossier, type, state, open, due, bulk, urgency, created,
        note) VALUES(?, ?, ?, ?, ?, ?, 1, NULL, 0, ?, ?, ?)
      """,
      .integer(number), .integer(message), .text(output.destination.text), .text(dossier.text),
      .text(output.kind.rawValue), .text(state.rawValue), .integer(urgency.microseconds), .integer(now.microseconds),
      .text("waits to be written for \(output.name)"))
    try database.run("INSERT INTO delivery_payload VALUES(?, ?)", .integer(number), .blob([]))
    try database.run(
      """
      INSERT INTO procedure_output(delivery, dossier, name, party, kind, unwritten, errand) VALUES(?, ?, ?, ?, ?, 1, ?)
      """,
      .integer(number), .text(dossier.text), .text(output.name), .text(output.destination.text),
      .text(output.kind.rawValue), .blob(output.errand))
    try database.run(
      """
      INSERT INTO journal(at, event, message, delivery, to_state, actor, note)
      VALUES(?, 'queued', ?, ?, ?, 'gateway', ?)
      """,
      .integer(now.microseconds), .integer(message), .integer(number), .text(state.rawValue),
      .text("procedure: \(output.name)"))
    lookup.queued(DeliveryRow(id: DeliveryID(number), message: message, stream: stream, state: state))
  }

  /// The delivery has been written, or is not to be: what it was to say is needed no more.
  func settleOutput(_ delivery: DeliveryID, as type: String?) throws(SQLError) {
    if let type {
      try database.run(
        "UPDATE delivery SET type = ? WHERE number = ?", .text(type), .integer(delivery.number))
    }
    try database.run(
      "UPDATE procedure_output SET unwritten = 0, errand = ? WHERE delivery = ?", .blob([]), .integer(delivery.number))
  }
}
