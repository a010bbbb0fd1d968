import CryptographyKit
import DossierModel
import SQLKit
import ServiceKit

extension StoreTransaction {
  func resend(_ order: ResendOrder) throws(SQLError) -> ResendOutcome {
    guard let seen = try lastDelivery(of: order.message, to: order.destination) else { return .noDelivery }
    let stream = DeliveryStream(destination: order.destination, dossier: seen.dossier)
    try lookup.hold([stream])
    // Until the lock was held its bytes may have been removed, and somebody else may have sent it again.
    guard let last = try lastDelivery(of: order.message, to: order.destination) else { return .noDelivery }
    guard let held = try lookup.heldDelivery(last.id) else { return .noDelivery }
    guard held.state.releasesSuccessors else { return .stillOpen(last.id, held.state) }
    guard !last.isPruned else { return .pruned }
    guard order.payload?.isEmpty == false || last.hasPayload else { return .noBytes }
    let beginning = try beginning(in: stream, at: order.at)
    let state = beginning.state
    let number = try lookup.newDeliveryNumber()
    let at = SQLValue.integer(order.at.microseconds)
    try database.run(
      """
      INSERT INTO delivery(number, message, destination, dossier, type, state, open, due, bulk, urgency, created)
      SELECT ?, message, destination, dossier, type, ?, 1, ?, bulk, urgency, ? FROM delivery WHERE number = ?
      """,
      .integer(number), .text(state.rawValue), .integer(optional: beginning.due?.microseconds), at,
      .integer(last.id.number))
    if let payload = order.payload {
      try database.run("INSERT INTO delivery_payload VALUES(?, ?)", .integer(number), .blob(payload))
    } else {
      try database.run(
        "INSERT INTO delivery_payload SELECT ?, bytes FROM delivery_payload WHERE delivery = ?", .integer(number),
        .integer(last.id.number))
    }
    let what = order.payload == nil ? "stored bytes of" : "translated anew instead of"
    try database.run(
      """
      INSERT INTO journal(at, event, message, delivery, to_state, actor, note) VALUES(?, 'resent', ?, ?, ?, ?, ?)
      """,
      at, .integer(held.message), .integer(number), .text(state.rawValue), .text(order.actor),
      .text("\(what) \(last.id): \(order.reason)" + (order.note.map { "; \($0)" } ?? "")))
    lookup.queued(DeliveryRow(id: DeliveryID(number), message: held.message, stream: stream, state: state))
    if case .ready = beginning { ready.insert(order.destination) }
    return .queued(DeliveryID(number), state)
  }

  private func lastDelivery(
    of message: MessageID, to destination: PartyID
  ) throws(SQLError) -> (id: DeliveryID, dossier: DossierCode, hasPayload: Bool, isPruned: Bool)? {
    let row = try database.prepare(
      """
      SELECT d.number, d.dossier, length(p.bytes), m.pruned FROM message AS m JOIN delivery AS d ON d.message = m.number
        LEFT JOIN delivery_payload AS p ON p.delivery = d.number
      WHERE m.id = ? AND d.destination = ? ORDER BY d.number DESC LIMIT 1
      """)
    defer { row.reset() }
    try row.bind(.blob(message.uuid.bytes), .text(destination.text))
    guard try row.step() else { return nil }
    return (
      DeliveryID(row.integer(0)), DossierCode(row.text(1)), (row.optionalInteger(2) ?? 0) > 0, !row.isNull(3)
    )
  }
}
