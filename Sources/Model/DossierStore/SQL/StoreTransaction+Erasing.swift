import SQLKit

// The bytes of large messages: out of everybody's sight in the commit that prunes them, removed in parts behind it.

extension StoreTransaction {
  /// Sets all bytes of a pruned message aside, to be removed a part at a time.
  func setAside(message number: Int64) throws(SQLError) {
    let message = SQLValue.integer(number)
    try database.run("INSERT INTO erasure SELECT message, 0, 0 FROM message_body WHERE message = ?", message)
    try database.run(
      """
      INSERT INTO erasure SELECT d.message, d.number, 0 FROM delivery AS d
        JOIN delivery_payload AS p ON p.delivery = d.number WHERE d.message = ?
      """, message)
  }

  /// Removes a part of what was set aside first; false when nothing is left. A part that is removed twice, by two gateways
  /// that both think it is theirs to do, is removed.
  func erase(atMost limit: Int) throws(SQLError) -> Bool {
    guard let (message, delivery, done) = try firstErasure() else { return false }
    let place =
      delivery == 0
      ? SQLValuePlace(table: "message_body", key: "message", column: "bytes", row: message)
      : SQLValuePlace(table: "delivery_payload", key: "delivery", column: "bytes", row: delivery)
    if try database.erase(place, from: done, limit: limit) {
      try database.run(
        "DELETE FROM erasure WHERE message = ? AND delivery = ?", .integer(message), .integer(delivery))
    } else {
      try database.run(
        "UPDATE erasure SET done = ? WHERE message = ? AND delivery = ?", .integer(Int64(done + limit)),
        .integer(message), .integer(delivery))
    }
    return true
  }

  private func firstErasure() throws(SQLError) -> (message: Int64, delivery: Int64, done: Int)? {
    let row = try database.prepare("SELECT message, delivery, done FROM erasure ORDER BY message, delivery LIMIT 1")
    defer { row.reset() }
    guard try row.step() else { return nil }
    return (row.integer(0), row.integer(1), Int(row.integer(2)))
  }
}
