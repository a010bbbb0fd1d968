import DossierModel
import SQLKit
import ServiceKit

extension StoreTransaction {
  /// Writes down how attempts ended and claims new work; nil, and nothing is changed, while this gateway has no epoch.
  func exchange(_ exchange: DeliveryExchange) throws(SQLError) -> [ClaimedDelivery]? {
    guard let epoch = lookup.epoch else { return nil }
    for settlement in exchange.settlements { try settle(settlement) }
    if let inHand = exchange.inHand { try giveBackAllBut(inHand, epoch: epoch, at: exchange.at) }
    var claimed: [ClaimedDelivery] = []
    for (destination, request) in exchange.claims.sorted(by: { $0.key < $1.key }) {
      claimed += try claim(request, for: destination, epoch: epoch, at: exchange.at)
    }
    try fill(&claimed)
    return claimed
  }

  /// Reads the bytes of what is handed out, and of nothing else.
  private func fill(_ deliveries: inout [ClaimedDelivery]) throws(SQLError) {
    var payloads = try lookup.payloads(of: deliveries.map(\.id))
    for index in deliveries.indices {
      deliveries[index].payload = payloads.removeValue(forKey: deliveries[index].id) ?? []
    }
  }

  private func giveBackAllBut(_ inHand: Set<DeliveryID>, epoch: Int64, at now: Timestamp) throws(SQLError) {
    let rows = try database.prepare(
      "SELECT number, destination, dossier FROM delivery WHERE open = 1 AND state = 'inFlight' AND epoch = ?")
    try rows.bind(.integer(epoch))
    var lost: [(DeliveryID, DeliveryStream)] = []
    while try rows.step() {
      let id = DeliveryID(rows.integer(0))
      guard !inHand.contains(id) else { continue }
      lost.append((id, DeliveryStream(destination: PartyID(rows.text(1)), dossier: DossierCode(rows.text(2)))))
    }
    rows.reset()
    try lookup.hold(Set(lost.map(\.1)))
    for (id, _) in lost {
      guard let row = try lookup.heldDelivery(id), row.state == .inFlight, row.epoch == epoch else { continue }
      try giveBack([row], at: now)
    }
  }

  private func settle(_ settlement: Settlement) throws(SQLError) {
    // A late worker's write: somebody else has the delivery, or it is settled. What it says no longer counts.
    guard let row = try lookup.delivery(settlement.delivery), case .inFlight(let moves) = row.moves,
      row.epoch == settlement.epoch
    else { return }
    let move = moves.settled(settlement.outcome, nextAttemptAt: settlement.nextAttemptAt)
    try database.run(
      """
      INSERT INTO attempt(delivery, ordinal, started, ended, outcome, failure, status, answer)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .integer(settlement.delivery.number), .integer(row.attempts), .integer(settlement.startedAt.microseconds),
      .integer(settlement.endedAt.microseconds), .text(move.event.rawValue),
      .text(optional: settlement.failure?.rawValue), .integer(optional: settlement.status.map(Int64.init)),
      settlement.answer.isEmpty ? .null : .blob(settlement.answer))
    let isDelivered = move.to == .delivered
    try write(move, at: settlement.endedAt, actor: "gateway", failure: settlement.failure, note: settlement.note)
    if let type = settlement.awaitedAs, isDelivered { try keepAwaited(row, type: type, at: settlement.endedAt) }
  }

  private func claim(
    _ request: ClaimRequest, for destination: PartyID, epoch: Int64, at now: Timestamp
  ) throws(SQLError) -> [ClaimedDelivery] {
    guard request.count > 0 else { return [] }
    let due = try database.prepare(texts.claimable)
    try due.bind(.text(destination.text), .integer(now.microseconds), .integer(Int64(request.count)))
    // Each lane came in its own order, and as many of it as could be wanted.
    var waiting = Dictionary(grouping: try handedOut(due, to: destination, epoch: epoch), by: \.lane).mapValues {
      $0[...]
    }
    var bytes = 0
    var claimed: [ClaimedDelivery] = []
    for lane in ClaimLane.order(request, waiting: waiting.mapValues(\.count)) where bytes < request.bytes {
      guard let found = waiting[lane]?.popFirst() else { preconditionFailure("what is counted is there") }
      bytes += found.bytes
      guard let move = found.row.moves.claimed(epoch: epoch) else {
        preconditionFailure("the statement selects what can be claimed")
      }
      try write(move, at: now, actor: "gateway")
      var delivery = found.delivery
      delivery.mayHaveArrived = try mayHaveArrived(found)
      claimed.append(delivery)
    }
    return claimed
  }

  /// What an operator let go again is `ready`; its attempts tell what became of it before.
  private func mayHaveArrived(_ found: HandedOut) throws(SQLError) -> Bool {
    guard found.row.state == .ready, found.delivery.attempt > 1 else { return found.row.state == .unknown }
    let attempts = try database.prepare("SELECT failure FROM attempt WHERE delivery = ? AND failure IS NOT NULL")
    try attempts.bind(.integer(found.row.id.number))
    defer { attempts.reset() }
    while try attempts.step() {
      if FailureClass(rawValue: attempts.text(0))?.isAfterSend == true { return true }
    }
    return false
  }

  private struct HandedOut {
    let row: DeliveryRow
    /// Without its bytes yet.
    let delivery: ClaimedDelivery
    /// How many those are.
    let bytes: Int
    let lane: ClaimLane
  }

  /// Reads deliveries as both ways of handing them out select them: all columns in this order.
  private func handedOut(
    _ rows: any SQLStatement, to destination: PartyID, epoch: Int64
  ) throws(SQLError) -> [HandedOut] {
    defer { rows.reset() }
    var found: [HandedOut] = []
    while try rows.step() {
      let id = DeliveryID(rows.integer(0))
      let stream = DeliveryStream(destination: destination, dossier: DossierCode(rows.text(4)))
      guard let lane = ClaimLane(rawValue: Int(rows.integer(10))) else {
        preconditionFailure("the statement names lanes")
      }
      found.append(
        HandedOut(
          row: DeliveryRow(id: id, message: rows.integer(9), stream: stream, state: rows.state(1)),
          delivery: ClaimedDelivery(
            id: id, epoch: epoch, destination: destination, message: MessageID(rows.uuid(2)), type: rows.text(3),
            dossier: stream.dossier, payload: [], attempt: Int(rows.integer(6)) + 1,
            createdAt: rows.timestamp(7), traceparent: rows.optionalText(8)),
          bytes: Int(rows.integer(5)), lane: lane))
    }
    return found
  }

  func fetchInbox(of party: PartyID, limit: Int, at now: Timestamp) throws(SQLError) -> [ClaimedDelivery] {
    let waiting = try database.prepare(texts.inbox)
    try waiting.bind(.text(party.text), .integer(Int64(limit)))
    var bytes = 0
    var fetched: [ClaimedDelivery] = []
    for found in try handedOut(waiting, to: party, epoch: lookup.epoch ?? 0) where bytes < SQLDossierStore.inboxBytes {
      bytes += found.bytes
      // Fetching again what is already out changes nothing and is not journalled again.
      if case .ready(let moves) = found.row.moves { try write(moves.fetched(), at: now, actor: party.text) }
      fetched.append(found.delivery)
    }
    try fill(&fetched)
    return fetched
  }

  func acknowledge(_ delivery: DeliveryID, by party: PartyID, at now: Timestamp) throws(SQLError) -> Bool {
    guard let row = try lookup.delivery(delivery), row.stream.destination == party else { return false }
    guard case .awaitingReceipt(let moves) = row.moves else { return row.state == .delivered }
    try write(moves.acknowledged(), at: now, actor: party.text)
    return true
  }

  func handOut(_ delivery: DeliveryID, to party: PartyID, at now: Timestamp) throws(SQLError) -> Bool {
    guard let row = try lookup.delivery(delivery), row.stream.destination == party else { return false }
    if case .ready(let moves) = row.moves {
      try write(moves.fetched(), at: now, actor: party.text)
      return true
    }
    // Fetching again what is already out changes nothing and is not journalled again.
    return row.state == .awaitingReceipt || row.state == .delivered || row.state == .refused
  }

  func decline(
    _ delivery: DeliveryID, by party: PartyID, note: String, at now: Timestamp
  ) throws(SQLError) -> Bool {
    guard let row = try lookup.delivery(delivery), row.stream.destination == party else { return false }
    guard case .awaitingReceipt(let moves) = row.moves else { return row.state == .refused }
    try write(moves.refused(), at: now, actor: party.text, failure: .businessRefusal, note: note)
    return true
  }
}
