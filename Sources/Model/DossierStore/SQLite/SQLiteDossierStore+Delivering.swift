package import DossierModel
import SQLKit
package import ServiceKit

extension SQLiteDossierStore {
  package func exchange(
    _ exchange: DeliveryExchange,
    then completion: @escaping @Sendable (Result<[ClaimedDelivery], StoreError>) -> Void
  ) {
    writer.submit(
      GroupCommitWriter.Change(
        perform: { [epoch] database throws(SQLError) in
          for settlement in exchange.settlements { try Self.settle(settlement, in: database) }
          var claimed: [ClaimedDelivery] = []
          for (destination, limit) in exchange.claims.sorted(by: { $0.key < $1.key }) {
            claimed += try Self.claim(limit, for: destination, epoch: epoch, at: exchange.at, in: database)
          }
          let result = claimed
          return { completion(.success(result)) }
        },
        fail: { completion(.failure($0)) }))
  }

  private static func settle(_ settlement: Settlement, in database: SQLiteDatabase) throws(SQLError) {
    let held = try database.prepare("SELECT state, epoch, attempts, message FROM delivery WHERE number = ?")
    defer { held.reset() }
    try held.bind(.integer(settlement.delivery.number))
    guard try held.step() else { return }
    let row = DeliveryRow(id: settlement.delivery, message: held.integer(3), state: held.state(0))
    let (epoch, attempts) = (held.integer(1), held.integer(2))
    held.reset()
    // A late worker's write: somebody else has the delivery, or it is settled. What it says no longer counts.
    guard row.state == .inFlight, epoch == settlement.epoch else { return }
    try database.run(
      """
      INSERT INTO attempt(delivery, ordinal, started, ended, outcome, failure, status, answer)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .integer(settlement.delivery.number), .integer(attempts), .integer(settlement.startedAt.microseconds),
      .integer(settlement.endedAt.microseconds), .text(settlement.event.rawValue),
      .text(optional: settlement.failure?.rawValue), .integer(optional: settlement.status.map(Int64.init)),
      settlement.answer.isEmpty ? .null : .blob(settlement.answer))
    let next = row.state.after(settlement.event)
    try move(
      row, on: settlement.event, in: database, at: settlement.endedAt, actor: "gateway",
      due: next?.isClaimable == true ? settlement.nextAttemptAt : nil, failure: settlement.failure,
      note: settlement.note)
  }

  private static func claim(
    _ limit: Int, for destination: PartyID, epoch: Int64, at now: Timestamp, in database: SQLiteDatabase
  ) throws(SQLError) -> [ClaimedDelivery] {
    guard limit > 0 else { return [] }
    let due = try database.prepare(
      """
      SELECT d.number, d.state, m.id, d.type, d.dossier, p.bytes, d.attempts, d.created, m.traceparent, d.message
      FROM delivery AS d JOIN message AS m ON m.number = d.message JOIN delivery_payload AS p ON p.delivery = d.number
      WHERE d.destination = ? AND d.due <= ? ORDER BY d.due, d.number LIMIT ?
      """)
    try due.bind(.text(destination.text), .integer(now.microseconds), .integer(Int64(limit)))
    let found = try handedOut(due, to: destination, epoch: epoch)
    for (row, _) in found {
      try move(row, on: .claimed, in: database, at: now, actor: "gateway", epoch: epoch)
    }
    return found.map(\.delivery)
  }

  /// Reads deliveries as both ways of handing them out select them: all columns in this order.
  private static func handedOut(
    _ rows: SQLiteStatement, to destination: PartyID, epoch: Int64
  ) throws(SQLError) -> [(row: DeliveryRow, delivery: ClaimedDelivery)] {
    defer { rows.reset() }
    var found: [(row: DeliveryRow, delivery: ClaimedDelivery)] = []
    while try rows.step() {
      let id = DeliveryID(rows.integer(0))
      found.append(
        (
          DeliveryRow(id: id, message: rows.integer(9), state: rows.state(1)),
          ClaimedDelivery(
            id: id, epoch: epoch, destination: destination, message: MessageID(rows.uuid(2)), type: rows.text(3),
            dossier: DossierCode(rows.text(4)), payload: rows.blob(5), attempt: Int(rows.integer(6)) + 1,
            createdAt: rows.timestamp(7), traceparent: rows.optionalText(8))
        ))
    }
    return found
  }

  package func fetchInbox(
    of party: PartyID, limit: Int, at now: Timestamp,
    then completion: @escaping @Sendable (Result<[ClaimedDelivery], StoreError>) -> Void
  ) {
    writer.submit(
      GroupCommitWriter.Change(
        perform: { [epoch] database throws(SQLError) in
          let fetched = try Self.fetchInbox(of: party, limit: limit, epoch: epoch, at: now, in: database)
          return { completion(.success(fetched)) }
        },
        fail: { completion(.failure($0)) }))
  }

  private static func fetchInbox(
    of party: PartyID, limit: Int, epoch: Int64, at now: Timestamp, in database: SQLiteDatabase
  ) throws(SQLError) -> [ClaimedDelivery] {
    let waiting = try database.prepare(
      """
      SELECT d.number, d.state, m.id, d.type, d.dossier, p.bytes, d.attempts, d.created, m.traceparent, d.message
      FROM delivery AS d JOIN message AS m ON m.number = d.message JOIN delivery_payload AS p ON p.delivery = d.number
      WHERE d.destination = ? AND d.open = 1 AND d.state IN ('ready', 'awaitingReceipt') ORDER BY d.number LIMIT ?
      """)
    try waiting.bind(.text(party.text), .integer(Int64(limit)))
    let fetched = try handedOut(waiting, to: party, epoch: epoch)
    // Fetching again what is already out changes nothing and is not journalled again.
    for (row, _) in fetched where row.state == .ready {
      try move(row, on: .fetched, in: database, at: now, actor: party.text)
    }
    return fetched.map(\.delivery)
  }

  package func acknowledge(
    _ delivery: DeliveryID, by party: PartyID, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void
  ) {
    writer.submit(
      GroupCommitWriter.Change(
        perform: { database throws(SQLError) in
          let row = try database.prepare("SELECT state, message FROM delivery WHERE number = ? AND destination = ?")
          defer { row.reset() }
          try row.bind(.integer(delivery.number), .text(party.text))
          let found: DeliveryRow? =
            try row.step() ? DeliveryRow(id: delivery, message: row.integer(1), state: row.state(0)) : nil
          row.reset()
          if let found, found.state == .awaitingReceipt {
            try Self.move(found, on: .acknowledged, in: database, at: now, actor: party.text)
          }
          let known = found?.state == .awaitingReceipt || found?.state == .delivered
          return { completion(.success(known)) }
        },
        fail: { completion(.failure($0)) }))
  }
}
