import DossierModel
import SQLKit
import ServiceKit

extension StoreTransaction {
  /// Writes down how attempts ended and claims new work; nil, and nothing is changed, while this gateway has no epoch.
  func exchange(_ exchange: DeliveryExchange) throws(SQLError) -> [ClaimedDelivery]? {
    guard let epoch = lookup.epoch else { return nil }
    for settlement in exchange.settlements { try settle(settlement) }
    var claimed: [ClaimedDelivery] = []
    for (destination, limit) in exchange.claims.sorted(by: { $0.key < $1.key }) {
      claimed += try claim(limit, for: destination, epoch: epoch, at: exchange.at)
    }
    return claimed
  }

  private func settle(_ settlement: Settlement) throws(SQLError) {
    // A late worker's write: somebody else has the delivery, or it is settled. What it says no longer counts.
    guard let row = try lookup.delivery(settlement.delivery), row.state == .inFlight, row.epoch == settlement.epoch
    else { return }
    try database.run(
      """
      INSERT INTO attempt(delivery, ordinal, started, ended, outcome, failure, status, answer)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .integer(settlement.delivery.number), .integer(row.attempts), .integer(settlement.startedAt.microseconds),
      .integer(settlement.endedAt.microseconds), .text(settlement.event.rawValue),
      .text(optional: settlement.failure?.rawValue), .integer(optional: settlement.status.map(Int64.init)),
      settlement.answer.isEmpty ? .null : .blob(settlement.answer))
    let next = row.state.after(settlement.event)
    try move(
      row, on: settlement.event, at: settlement.endedAt, actor: "gateway",
      due: next?.isClaimable == true ? settlement.nextAttemptAt : nil, failure: settlement.failure,
      note: settlement.note)
  }

  private func claim(
    _ limit: Int, for destination: PartyID, epoch: Int64, at now: Timestamp
  ) throws(SQLError) -> [ClaimedDelivery] {
    guard limit > 0 else { return [] }
    let due = try database.prepare(texts.claimable)
    try due.bind(.text(destination.text), .integer(now.microseconds), .integer(Int64(limit)))
    let found = try handedOut(due, to: destination, epoch: epoch)
    for (row, _) in found { try move(row, on: .claimed, at: now, actor: "gateway", epoch: epoch) }
    return found.map(\.delivery)
  }

  /// Reads deliveries as both ways of handing them out select them: all columns in this order.
  private func handedOut(
    _ rows: any SQLStatement, to destination: PartyID, epoch: Int64
  ) throws(SQLError) -> [(row: DeliveryRow, delivery: ClaimedDelivery)] {
    defer { rows.reset() }
    var found: [(row: DeliveryRow, delivery: ClaimedDelivery)] = []
    while try rows.step() {
      let id = DeliveryID(rows.integer(0))
      let stream = DeliveryStream(destination: destination, dossier: DossierCode(rows.text(4)))
      found.append(
        (
          DeliveryRow(id: id, message: rows.integer(9), stream: stream, state: rows.state(1)),
          ClaimedDelivery(
            id: id, epoch: epoch, destination: destination, message: MessageID(rows.uuid(2)), type: rows.text(3),
            dossier: stream.dossier, payload: rows.blob(5), attempt: Int(rows.integer(6)) + 1,
            createdAt: rows.timestamp(7), traceparent: rows.optionalText(8))
        ))
    }
    return found
  }

  func fetchInbox(of party: PartyID, limit: Int, at now: Timestamp) throws(SQLError) -> [ClaimedDelivery] {
    let waiting = try database.prepare(texts.inbox)
    try waiting.bind(.text(party.text), .integer(Int64(limit)))
    let fetched = try handedOut(waiting, to: party, epoch: lookup.epoch ?? 0)
    // Fetching again what is already out changes nothing and is not journalled again.
    for (row, _) in fetched where row.state == .ready { try move(row, on: .fetched, at: now, actor: party.text) }
    return fetched.map(\.delivery)
  }

  func acknowledge(_ delivery: DeliveryID, by party: PartyID, at now: Timestamp) throws(SQLError) -> Bool {
    guard let row = try lookup.delivery(delivery), row.stream.destination == party else { return false }
    guard row.state == .awaitingReceipt else { return row.state == .delivered }
    try move(row, on: .acknowledged, at: now, actor: party.text)
    return true
  }
}
