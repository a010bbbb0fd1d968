import DossierModel
import SQLKit
import ServiceKit

extension StoreTransaction {
  /// Moves a delivery by one event and journals it: the only place where a delivery's state changes.
  ///
  /// An illegal event is a defect of ours and traps: callers look at the state inside the same transaction first.
  /// When the new state releases successors, the next delivery of the same dossier to the same destination becomes ready.
  /// Returns the new state.
  @discardableResult
  func move(
    _ row: DeliveryRow, on event: DeliveryEvent, at now: Timestamp, actor: String, due: Timestamp? = nil,
    epoch: Int64? = nil, failure: FailureClass? = nil, note: String? = nil
  ) throws(SQLError) -> DeliveryState {
    guard let next = row.state.after(event) else {
      preconditionFailure("a delivery that is \(row.state) cannot be \(event)")
    }
    precondition(next.isClaimable == (due != nil), "a claimable delivery has a due time and no other has one")
    try database.run(
      """
      UPDATE delivery SET state = ?2, open = ?3, due = ?4, epoch = coalesce(?5, epoch),
        attempts = attempts + ?6, failure = coalesce(?7, failure), note = ?8
      WHERE number = ?1
      """,
      .integer(row.id.number), .text(next.rawValue), .integer(next.releasesSuccessors ? 0 : 1),
      .integer(optional: due?.microseconds), .integer(optional: epoch), .integer(event == .claimed ? 1 : 0),
      .text(optional: failure?.rawValue), .text(optional: note))
    try database.run(
      """
      INSERT INTO journal(at, event, message, delivery, from_state, to_state, actor, note)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .integer(now.microseconds), .text(event.rawValue), .integer(row.message), .integer(row.id.number),
      .text(row.state.rawValue), .text(next.rawValue), .text(actor), .text(optional: note))
    lookup.moved(row, to: next)
    if next.releasesSuccessors { try releaseSuccessor(in: row.stream, at: now) }
    return next
  }

  private func releaseSuccessor(in stream: DeliveryStream, at now: Timestamp) throws(SQLError) {
    guard let successor = try lookup.firstOpen(in: stream), successor.state == .waiting else { return }
    try move(successor, on: .predecessorDone, at: now, actor: "gateway", due: now)
  }

  /// Takes deliveries back from deliverers that are gone: the bytes may have left.
  func giveBack(_ lost: [DeliveryRow], at now: Timestamp) throws(SQLError) {
    for row in lost {
      try move(row, on: .claimLost, at: now, actor: "gateway", due: now)
      ready.insert(row.stream.destination)
    }
  }
}
