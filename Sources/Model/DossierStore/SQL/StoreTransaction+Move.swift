import DossierModel
import SQLKit
import ServiceKit

extension StoreTransaction {
  /// Writes a move and its line in the journal: the only place where a delivery's state changes.
  ///
  /// When the new state releases successors, the next delivery of the same dossier to the same destination becomes ready.
  func write(
    _ move: consuming DeliveryMove, at now: Timestamp, actor: String, failure: FailureClass? = nil, note: String? = nil
  ) throws(SQLError) {
    let (row, next) = (move.row, move.to)
    try database.run(
      """
      UPDATE delivery SET state = ?2, open = ?3, due = ?4, epoch = coalesce(?5, epoch),
        attempts = attempts + ?6, failure = coalesce(?7, failure), note = ?8
      WHERE number = ?1
      """,
      .integer(row.id.number), .text(next.rawValue), .integer(next.releasesSuccessors ? 0 : 1),
      .integer(optional: move.due?.microseconds), .integer(optional: move.epoch), .integer(move.epoch == nil ? 0 : 1),
      .text(optional: failure?.rawValue), .text(optional: note))
    try database.run(
      """
      INSERT INTO journal(at, event, message, delivery, from_state, to_state, actor, note)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .integer(now.microseconds), .text(move.event.rawValue), .integer(row.message), .integer(row.id.number),
      .text(row.state.rawValue), .text(next.rawValue), .text(actor), .text(optional: note))
    lookup.moved(row, to: next)
    if next.releasesSuccessors { try releaseSuccessor(in: row.stream, at: now) }
  }

  private func releaseSuccessor(in stream: DeliveryStream, at now: Timestamp) throws(SQLError) {
    guard case .waiting(let successor)? = try lookup.firstOpen(in: stream)?.moves else { return }
    try write(successor.predecessorDone(due: now), at: now, actor: "gateway")
  }

  /// Takes deliveries back from deliverers that are gone. What is not in flight any more is left as it is.
  func giveBack(_ lost: [DeliveryRow], at now: Timestamp) throws(SQLError) {
    for row in lost {
      guard case .inFlight(let moves) = row.moves else { continue }
      try write(moves.claimLost(due: now), at: now, actor: "gateway")
      ready.insert(row.stream.destination)
    }
  }
}
