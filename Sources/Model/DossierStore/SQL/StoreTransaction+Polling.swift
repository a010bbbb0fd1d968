import DossierModel
import SQLKit
import ServiceKit

extension StoreTransaction {
  func claim(_ poll: PollID, at now: Timestamp) throws(SQLError) -> PollLease? {
    guard let epoch = lookup.epoch else { return nil }
    let (party, name) = (SQLValue.text(poll.party.text), SQLValue.text(poll.name))
    try database.run(
      "INSERT INTO poll(party, name, due) VALUES(?, ?, ?) ON CONFLICT DO NOTHING", party, name,
      .integer(now.microseconds))
    let row = try database.prepare(
      "SELECT epoch, due, cursor, reached, failures FROM poll WHERE party = ? AND name = ?")
    defer { row.reset() }
    try row.bind(party, name)
    guard try row.step() else { preconditionFailure("the row was made") }
    let (holder, due) = (row.integer(0), row.integer(1))
    guard due <= now.microseconds else { return nil }
    if holder != 0, holder != epoch, try lookup.isLive(holder) { return nil }
    // Whoever else saw the same row waits here for this transaction, and then finds another epoch in it.
    let won = try database.prepare(
      "UPDATE poll SET epoch = ?, began = ? WHERE party = ? AND name = ? AND epoch = ? AND due = ? RETURNING name")
    defer { won.reset() }
    try won.bind(.integer(epoch), .integer(now.microseconds), party, name, .integer(holder), .integer(due))
    guard try won.step() else { return nil }
    return PollLease(
      poll: poll, epoch: epoch, place: PollPlace(cursor: row.optionalText(2), reached: row.optionalTimestamp(3)),
      failures: Int(row.integer(4)), keptItems: try keptItems(of: poll))
  }

  private func keptItems(of poll: PollID) throws(SQLError) -> Int {
    let row = try database.prepare("SELECT count(*) FROM poll_item WHERE party = ? AND poll = ?")
    defer { row.reset() }
    try row.bind(.text(poll.party.text), .text(poll.name))
    return try row.step() ? Int(row.integer(0)) : 0
  }

  /// False, and nothing is changed, when the lease is over.
  func report(_ report: PollReport) throws(SQLError) -> Bool {
    let poll = report.lease.poll
    // Of a gateway whose epoch has ended the lease may be another's by now.
    guard lookup.epoch == report.lease.epoch else { return false }
    let held = try database.prepare(
      """
      UPDATE poll SET cursor = ?, reached = ?, taken = taken + CAST(? AS BIGINT) WHERE party = ? AND name = ? AND epoch = ?
      RETURNING name
      """)
    try held.bind(
      .text(optional: report.place.cursor), .integer(optional: report.place.reached?.microseconds),
      .integer(Int64(report.taken)), .text(poll.party.text), .text(poll.name), .integer(report.lease.epoch))
    let isHeld = try held.step()
    held.reset()
    guard isHeld else { return false }
    for refused in report.refused { try keep(refused, at: report.at) }
    for item in report.cleared {
      try database.run(
        "DELETE FROM poll_item WHERE party = ? AND poll = ? AND item = ? AND digest = ?", .text(poll.party.text),
        .text(poll.name), .text(item.name), .blob(item.digest.bytes))
    }
    try writeAwaited(report)
    if let end = report.end { try finish(report, end) }
    return true
  }

  private func keep(_ refused: PollReport.Refused, at now: Timestamp) throws(SQLError) {
    let item = refused.item
    try database.run(
      """
      INSERT INTO poll_item(party, poll, item, digest, type, first, last, fault, note, bytes)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8, ?9)
      ON CONFLICT(party, poll, item, digest) DO UPDATE SET last = excluded.last, times = poll_item.times + 1,
        fault = excluded.fault, note = excluded.note
      """,
      .text(item.poll.party.text), .text(item.poll.name), .text(item.name), .blob(item.digest.bytes),
      .text(optional: item.type), .integer(now.microseconds), .text(refused.fault.rawValue), .text(refused.note),
      .blob(item.bytes))
  }

  private func writeAwaited(_ report: PollReport) throws(SQLError) {
    let party = SQLValue.text(report.lease.poll.party.text)
    for dossier in report.asked {
      try database.run(
        "UPDATE awaited SET asked = ? WHERE party = ? AND type = ? AND dossier = ?", .integer(report.at.microseconds),
        party, .text(dossier.type), .text(dossier.code.text))
    }
    for dossier in report.settled {
      try database.run(
        "DELETE FROM awaited WHERE party = ? AND type = ? AND dossier = ?", party, .text(dossier.type),
        .text(dossier.code.text))
    }
  }

  private func finish(_ report: PollReport, _ end: PollReport.End) throws(SQLError) {
    let poll = report.lease.poll
    let due = SQLValue.integer((report.due ?? report.at).microseconds)
    let place: [SQLValue] = [.text(poll.party.text), .text(poll.name)]
    switch end {
    case .done:
      try database.run(
        """
        UPDATE poll SET epoch = 0, due = ?, succeeded = ?, failures = 0, failure = NULL, note = NULL
        WHERE party = ? AND name = ?
        """, [due, .integer(report.at.microseconds)] + place)
    case .failed(let failure, let note):
      try database.run(
        """
        UPDATE poll SET epoch = 0, due = ?, failures = failures + 1, failure = ?, note = ? WHERE party = ? AND name = ?
        """, [due, .text(failure.rawValue), .text(note)] + place)
    case .broken:
      try database.run("UPDATE poll SET epoch = 0, due = ? WHERE party = ? AND name = ?", [due] + place)
    }
  }

  func settle(item number: Int64, refusal: (fault: FaultCode, note: String)?, at now: Timestamp) throws(SQLError) {
    guard let refusal else {
      try database.run("DELETE FROM poll_item WHERE number = ?", .integer(number))
      return
    }
    try database.run(
      "UPDATE poll_item SET again = 0, last = ?, fault = ?, note = ? WHERE number = ?", .integer(now.microseconds),
      .text(refusal.fault.rawValue), .text(refusal.note), .integer(number))
  }

  /// Remembers that the partner is to be asked what became of the dossier of a delivery that it has now.
  func keepAwaited(_ row: DeliveryRow, type: String, at now: Timestamp) throws(SQLError) {
    try database.run(
      """
      INSERT INTO awaited(party, type, dossier, procedure, since, asked)
      SELECT ?1, ?2, dossier, coalesce(procedure, ''), ?3, ?3 FROM message WHERE number = ?4
      ON CONFLICT(party, type, dossier) DO UPDATE SET since = excluded.since, procedure = excluded.procedure
      """,
      .text(row.stream.destination.text), .text(type), .integer(now.microseconds), .integer(row.message))
  }

  /// False when there is no such poll or item.
  func carryOut(_ order: PollOrder) throws(SQLError) -> Bool {
    let at = SQLValue.integer(order.at.microseconds)
    let row: any SQLStatement
    let what: String
    switch order.action {
    case .hasten(let poll):
      row = try database.prepare("UPDATE poll SET due = ? WHERE party = ? AND name = ? RETURNING name")
      try row.bind(at, .text(poll.party.text), .text(poll.name))
      what = "poll \(poll) due now"
    case .offerAgain(let number):
      row = try database.prepare("UPDATE poll_item SET again = 1 WHERE number = ? RETURNING item")
      try row.bind(.integer(number))
      what = "item \(number) down the line again"
    case .drop(let number):
      row = try database.prepare("DELETE FROM poll_item WHERE number = ? RETURNING item")
      try row.bind(.integer(number))
      what = "item \(number) dropped"
    case .forget(let poll):
      let place: [SQLValue] = [.text(poll.party.text), .text(poll.name)]
      try database.run("DELETE FROM poll_item WHERE party = ? AND poll = ?", place)
      row = try database.prepare("DELETE FROM poll WHERE party = ? AND name = ? RETURNING name")
      try row.bind(place[0], place[1])
      what = "poll \(poll) forgotten"
    }
    let isThere = try row.step()
    row.reset()
    guard isThere else { return false }
    try database.run(
      "INSERT INTO journal(at, event, actor, note) VALUES(?, 'polling', ?, ?)", at, .text(order.actor),
      .text("\(what): \(order.reason)"))
    return true
  }
}
