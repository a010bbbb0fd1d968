import DossierModel
import SQLKit
import ServiceKit

extension StoreTransaction {
  /// False, and nothing goes on, if the delivery is not held, has bytes already, or cannot be written.
  func supply(_ supply: Supply, to delivery: DeliveryID, at now: Timestamp) throws(SQLError) -> Bool {
    let one = DeliverySelection(delivery: delivery)
    guard let seen = try select(one, limit: 1).first else { return false }
    try lookup.hold([seen.row.stream])
    guard let found = try select(one, limit: 1).first, case .held(let moves) = found.row.moves, !found.hasPayload
    else { return false }
    let payload: [UInt8]
    switch supply {
    case .bytes(let bytes, let files, let type, _):
      guard !bytes.isEmpty else { return false }
      payload = bytes
      try name(files, for: found.row.stream.destination, message: found.row.message)
      if let type { try settleOutput(delivery, as: type) }
    case .nothing(let reason):
      try settleOutput(delivery, as: nil)
      try write(moves.cancelled(), at: now, actor: "gateway", note: reason)
      ready.insert(found.row.stream.destination)
      return true
    case .unwritten(let reason):
      try note(reason, on: found.row)
      return false
    }
    try database.run(
      "UPDATE delivery_payload SET bytes = ? WHERE delivery = ?", .blob(payload), .integer(delivery.number))
    let isFirst = try !hasOpenPredecessor(found.row)
    try write(
      isFirst ? moves.released(due: now) : moves.requeued(), at: now, actor: "gateway", note: supply.journalNote)
    if isFirst { ready.insert(found.row.stream.destination) }
    return true
  }

  func carryOut(_ order: OperatorOrder) throws(SQLError) -> OperatorReport {
    var found = try select(order.selection, limit: OperatorOrder.limit + 1)
    let hasMore = found.count > OperatorOrder.limit
    if hasMore { found.removeLast() }
    try lookup.hold(Set(found.map(\.row.stream)))
    var items: [OperatorReport.Item] = []
    for candidate in found {
      // An order earlier in this loop may have moved it: a cancelled predecessor makes its successor ready.
      guard let row = try lookup.heldDelivery(candidate.row.id) else { continue }
      let result = try carryOut(order, on: row, hasPayload: candidate.hasPayload)
      // A cancelled delivery may have made its successor ready.
      if case .moved(let state) = result, state.isClaimable || state == .cancelled {
        ready.insert(row.stream.destination)
      }
      items.append(
        OperatorReport.Item(
          delivery: row.id, destination: row.stream.destination, dossier: row.stream.dossier, state: row.state,
          result: result))
    }
    return OperatorReport(items: items, next: hasMore ? found.last?.row.id : nil)
  }

  private func carryOut(
    _ order: OperatorOrder, on row: DeliveryRow, hasPayload: Bool
  ) throws(SQLError) -> OperatorReport.Item.Result {
    if order.action == .release, !hasPayload, row.state == .held {
      guard try isUnwritten(row.id) else { return .untranslated }
      try note("to be written again: \(order.reason)", on: row)
      try database.run(
        "INSERT INTO journal(at, event, message, delivery, actor, note) VALUES(?, 'writeAgain', ?, ?, ?, ?)",
        .integer(order.at.microseconds), .integer(row.message), .integer(row.id.number), .text(order.actor),
        .text(order.reason))
      return .toBeWritten
    }
    let isFirst = order.action == .release ? try !hasOpenPredecessor(row) : true
    guard let move = row.moves.carriedOut(order.action, isFirst: isFirst, at: order.at) else { return .notApplicable }
    let next = move.to
    try write(move, at: order.at, actor: order.actor, note: order.reason)
    return .moved(to: next)
  }

  /// What a procedure owes and nobody has written yet.
  private func isUnwritten(_ delivery: DeliveryID) throws(SQLError) -> Bool {
    let row = try database.prepare("SELECT 1 FROM procedure_output WHERE delivery = ? AND unwritten = 1")
    defer { row.reset() }
    try row.bind(.integer(delivery.number))
    return try row.step()
  }

  private func note(_ text: String, on row: DeliveryRow) throws(SQLError) {
    try database.run(
      "UPDATE delivery SET note = ?2 WHERE number = ?1 AND (note IS NULL OR note <> ?2)", .integer(row.id.number),
      .text(text))
  }

  private func hasOpenPredecessor(_ row: DeliveryRow) throws(SQLError) -> Bool {
    guard let first = try lookup.firstOpen(in: row.stream) else { return false }
    return first.id.number < row.id.number
  }

  private struct Candidate {
    let row: DeliveryRow
    let hasPayload: Bool
  }

  private func select(_ selection: DeliverySelection, limit: Int) throws(SQLError) -> [Candidate] {
    let statement = SelectionStatement(selection, limit: limit, texts)
    let rows = try database.prepare(statement.sql)
    defer { rows.reset() }
    try rows.bind(statement.values)
    var found: [Candidate] = []
    while try rows.step() {
      let stream = DeliveryStream(destination: PartyID(rows.text(3)), dossier: DossierCode(rows.text(4)))
      found.append(
        Candidate(
          row: DeliveryRow(
            id: DeliveryID(rows.integer(0)), message: rows.integer(2), stream: stream, state: rows.state(1)),
          hasPayload: rows.integer(5) > 0))
    }
    return found
  }
}
