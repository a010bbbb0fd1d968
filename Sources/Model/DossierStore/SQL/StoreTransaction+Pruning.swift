import DossierModel
import SQLKit
import ServiceKit

extension StoreTransaction {
  /// Removes the bytes of what is due in the order's stretch, and says so in the journal. What finds duplicates stays: the
  /// message's row with its key and digest.
  func prune(_ order: PruneOrder) throws(SQLError) -> PruneReport {
    // Nobody may send one of them again while it goes: that would need its bytes. Looked at anew under the locks.
    try lookup.hold(Set(try due(order).map(\.dossier)))
    var report = PruneReport()
    for found in try due(order) {
      if found.candidate.bytes > PruneOrder.wholeLimit {
        try setAside(message: found.number)
        report.setAside += 1
      } else {
        try removeBytes(ofMessage: found.number)
      }
      try removeWhatHangs(onMessage: found.number)
      let at = SQLValue.integer(order.at.microseconds)
      try database.run("UPDATE message SET pruned = ? WHERE number = ?", at, .integer(found.number))
      try database.run(
        "INSERT INTO journal(at, event, message, actor, note) VALUES(?, 'pruned', ?, 'gateway', ?)", at,
        .integer(found.number), .text(order.rule))
      report.messages += 1
      report.bytes += found.candidate.bytes
    }
    return report
  }

  private func due(_ order: PruneOrder) throws(SQLError) -> [PruneStatement.Found] {
    let found = try PruneStatement.rows(
      order.type, before: order.horizon, after: order.after, until: order.through.received, in: database)
    return found.filter { $0.candidate.isDue && !$0.candidate.place.isBehind(order.through) }
  }

  private func removeBytes(ofMessage number: Int64) throws(SQLError) {
    let message = SQLValue.integer(number)
    try database.run("DELETE FROM message_body WHERE message = ?", message)
    try database.run(
      "DELETE FROM delivery_payload WHERE delivery IN (SELECT number FROM delivery WHERE message = ?)", message)
  }

  /// What is small whatever the message is.
  private func removeWhatHangs(onMessage number: Int64) throws(SQLError) {
    let message = SQLValue.integer(number)
    try database.run(
      """
      UPDATE attempt SET answer = NULL
      WHERE answer IS NOT NULL AND delivery IN (SELECT number FROM delivery WHERE message = ?)
      """, message)
    // What the conductor remembers of a procedure that is over has results in it; its history has none.
    try database.run("UPDATE procedure_instance SET state = ? WHERE message = ? AND open = 0", .blob([]), message)
    // The files themselves go with the next sweep of their folder, unless another message names them.
    try database.run("DELETE FROM file_reference WHERE message = ?", message)
  }
}

extension PruneOrder {
  /// Messages looked at in one stretch, due or not.
  package static let stretchLimit = 500
  /// Bytes of a message and its deliveries up to which they go in the commit that prunes it; those of a larger one go
  /// behind it, in parts.
  package static let wholeLimit = 512 << 10
}
