package import DossierModel
import SQLKit
package import ServiceKit

extension SQLiteDossierStore {
  package func carryOut(
    _ order: OperatorOrder, then completion: @escaping @Sendable (Result<OperatorReport, StoreError>) -> Void
  ) {
    writer.submit(
      GroupCommitWriter.Change(
        perform: { [self] database throws(SQLError) in
          let report = try Self.carryOut(order, in: database)
          let claimable = Set(report.items.filter(\.isClaimable).map(\.destination))
          return { [self] in
            completion(.success(report))
            announceReady(claimable)
          }
        },
        fail: { completion(.failure($0)) }))
  }

  package func supply(
    _ payload: [UInt8], to delivery: DeliveryID, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void
  ) {
    writer.submit(
      GroupCommitWriter.Change(
        perform: { [self] database throws(SQLError) in
          let destination = try Self.supply(payload, to: delivery, at: now, in: database)
          return { [self] in
            completion(.success(destination != nil))
            announceReady(Set([destination].compactMap(\.self)))
          }
        },
        fail: { completion(.failure($0)) }))
  }

  /// Returns the destination, or nil if nothing was changed.
  private static func supply(
    _ payload: [UInt8], to delivery: DeliveryID, at now: Timestamp, in database: SQLiteDatabase
  ) throws(SQLError) -> PartyID? {
    guard let found = try select(DeliverySelection(delivery: delivery), limit: 1, in: database).first,
      found.row.state == .held, !found.hasPayload, !payload.isEmpty
    else { return nil }
    try database.run(
      "UPDATE delivery_payload SET bytes = ? WHERE delivery = ?", .blob(payload), .integer(delivery.number))
    let event: DeliveryEvent = try hasOpenPredecessor(delivery, in: database) ? .requeued : .released
    try move(
      found.row, on: event, in: database, at: now, actor: "gateway", due: event == .released ? now : nil,
      note: "translated with the tables as they are now")
    return found.destination
  }

  static func carryOut(_ order: OperatorOrder, in database: SQLiteDatabase) throws(SQLError) -> OperatorReport {
    var found = try select(order.selection, limit: OperatorOrder.limit + 1, in: database)
    let hasMore = found.count > OperatorOrder.limit
    if hasMore { found.removeLast() }
    var items: [OperatorReport.Item] = []
    for candidate in found {
      // An order earlier in this loop may have moved it: a cancelled predecessor makes its successor ready.
      guard let state = try state(of: candidate.row.id, in: database) else { continue }
      let row = DeliveryRow(id: candidate.row.id, message: candidate.row.message, state: state)
      items.append(
        OperatorReport.Item(
          delivery: row.id, destination: candidate.destination, dossier: candidate.dossier, state: state,
          result: try carryOut(order, on: row, hasPayload: candidate.hasPayload, in: database)))
    }
    return OperatorReport(items: items, next: hasMore ? found.last?.row.id : nil)
  }

  private static func carryOut(
    _ order: OperatorOrder, on row: DeliveryRow, hasPayload: Bool, in database: SQLiteDatabase
  ) throws(SQLError) -> OperatorReport.Item.Result {
    if order.action == .release, !hasPayload, row.state == .held { return .untranslated }
    let event: DeliveryEvent =
      switch order.action {
      case .hold: .held
      case .release: try hasOpenPredecessor(row.id, in: database) ? .requeued : .released
      case .cancel: .cancelled
      case .flush: .hastened
      }
    guard let next = row.state.after(event) else { return .notApplicable }
    try move(
      row, on: event, in: database, at: order.at, actor: order.actor, due: next.isClaimable ? order.at : nil,
      note: order.reason)
    return .moved(to: next)
  }

  private struct Candidate {
    let row: DeliveryRow
    let destination: PartyID
    let dossier: DossierCode
    let hasPayload: Bool
  }

  private static func select(
    _ selection: DeliverySelection, limit: Int, in database: SQLiteDatabase
  ) throws(SQLError) -> [Candidate] {
    let rows = try database.prepare(
      """
      SELECT d.number, d.state, d.message, d.destination, d.dossier, length(p.bytes) > 0
      FROM delivery AS d INDEXED BY delivery_stream JOIN delivery_payload AS p ON p.delivery = d.number
      WHERE d.open = 1 AND d.number > ?1 AND (?2 IS NULL OR d.number = ?2) AND (?3 IS NULL OR d.destination = ?3)
        AND (?4 IS NULL OR d.dossier = ?4) AND (?5 IS NULL OR d.state = ?5) AND (?6 IS NULL OR d.failure = ?6)
      ORDER BY d.number LIMIT ?7
      """)
    defer { rows.reset() }
    try rows.bind(
      .integer(selection.after?.number ?? 0), .integer(optional: selection.delivery?.number),
      .text(optional: selection.destination?.text), .text(optional: selection.dossier?.text),
      .text(optional: selection.state?.rawValue), .text(optional: selection.failure?.rawValue),
      .integer(Int64(limit)))
    var found: [Candidate] = []
    while try rows.step() {
      found.append(
        Candidate(
          row: DeliveryRow(id: DeliveryID(rows.integer(0)), message: rows.integer(2), state: rows.state(1)),
          destination: PartyID(rows.text(3)), dossier: DossierCode(rows.text(4)), hasPayload: rows.integer(5) != 0))
    }
    return found
  }

  private static func state(of delivery: DeliveryID, in database: SQLiteDatabase) throws(SQLError) -> DeliveryState? {
    let row = try database.prepare("SELECT state FROM delivery WHERE number = ?")
    defer { row.reset() }
    try row.bind(.integer(delivery.number))
    return try row.step() ? row.state(0) : nil
  }

  private static func hasOpenPredecessor(
    _ delivery: DeliveryID, in database: SQLiteDatabase
  ) throws(SQLError) -> Bool {
    let row = try database.prepare(
      """
      SELECT 1 FROM delivery AS own JOIN delivery AS earlier ON earlier.destination = own.destination
        AND earlier.dossier = own.dossier AND earlier.open = 1 AND earlier.number < own.number
      WHERE own.number = ? LIMIT 1
      """)
    defer { row.reset() }
    try row.bind(.integer(delivery.number))
    return try row.step()
  }
}

extension OperatorReport.Item {
  fileprivate var isClaimable: Bool {
    // A cancelled delivery may have made its successor ready.
    guard case .moved(let state) = result else { return false }
    return state.isClaimable || state == .cancelled
  }
}
