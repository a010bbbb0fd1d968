package import DossierModel
import SQLKit
package import ServiceKit

// What waits, where and why.

extension SQLDossierReader {
  package func queue() throws(StoreError) -> [QueueRow] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT destination, state, count(*), min(created), min(due) FROM delivery WHERE open = 1
        GROUP BY destination, state ORDER BY destination, state
        """)
      defer { rows.reset() }
      var queue: [QueueRow] = []
      while try rows.step() {
        queue.append(
          QueueRow(
            destination: PartyID(rows.text(0)), state: rows.state(1), count: Int(rows.integer(2)),
            oldestAt: rows.timestamp(3), nextDue: rows.optionalTimestamp(4)))
      }
      return queue
    }
  }

  package func queueAges(minutes bounds: [Int], at now: Timestamp) throws(StoreError) -> [QueueAges] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT destination, (? - created) / 60000000 AS age, count(*) FROM delivery WHERE open = 1
        GROUP BY destination, age ORDER BY destination
        """)
      defer { rows.reset() }
      try rows.bind(.integer(now.microseconds))
      var found: [QueueAges] = []
      while try rows.step() {
        let destination = PartyID(rows.text(0))
        if found.last?.destination != destination {
          found.append(QueueAges(destination: destination, counts: [Int](repeating: 0, count: bounds.count + 1)))
        }
        let age = Int(rows.integer(1))
        found[found.count - 1].counts[bounds.firstIndex { age < $0 } ?? bounds.count] += Int(rows.integer(2))
      }
      return found
    }
  }

  package func standing(of delivery: DeliveryID) throws(StoreError) -> DeliveryStanding? {
    try readers.read { database throws(SQLError) in
      guard var standing = try Self.standing(of: delivery, in: database) else { return nil }
      if standing.delivery.state == .ready { standing.place = try Self.place(of: standing.delivery, in: database) }
      return standing
    }
  }

  package func standings(
    _ selection: DeliverySelection, limit: Int
  ) throws(StoreError) -> [DeliveryStanding] {
    try readers.read { database throws(SQLError) in
      var found: [DeliveryID] = []
      let statement = SelectionStatement(selection, limit: limit, texts)
      let rows = try database.prepare(statement.sql)
      try rows.bind(statement.values)
      while try rows.step() { found.append(DeliveryID(rows.integer(0))) }
      rows.reset()
      var standings: [DeliveryStanding] = []
      for delivery in found {
        if let standing = try Self.standing(of: delivery, in: database) { standings.append(standing) }
      }
      return standings
    }
  }

  private static func standing(
    of delivery: DeliveryID, in database: any SQLDatabase
  ) throws(SQLError) -> DeliveryStanding? {
    let row = try database.prepare(
      "SELECT d.message, d.dossier, m.id FROM delivery AS d JOIN message AS m ON m.number = d.message WHERE d.number = ?"
    )
    defer { row.reset() }
    try row.bind(.integer(delivery.number))
    guard try row.step() else { return nil }
    let (number, dossier, message) = (row.integer(0), DossierCode(row.text(1)), MessageID(row.uuid(2)))
    guard let own = try Self.deliveries(ofMessage: number, in: database).first(where: { $0.id == delivery }) else {
      preconditionFailure("a delivery belongs to its message")
    }
    let earlier = try database.prepare(
      """
      SELECT number, message FROM delivery
      WHERE destination = ? AND dossier = ? AND open = 1 AND number < ? ORDER BY number LIMIT 1
      """)
    defer { earlier.reset() }
    try earlier.bind(.text(own.destination.text), .text(dossier.text), .integer(delivery.number))
    var predecessor: StoredDelivery?
    if try earlier.step() {
      let id = DeliveryID(earlier.integer(0))
      predecessor = try Self.deliveries(ofMessage: earlier.integer(1), in: database).first { $0.id == id }
    }
    return DeliveryStanding(delivery: own, dossier: dossier, message: message, predecessor: predecessor)
  }

  package func failureGroups(of destination: PartyID?) throws(StoreError) -> [FailureGroup] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT destination, type, state, failure, note, count(*), min(created), max(created) FROM delivery
          \(texts.by("delivery_stopped"))
        WHERE state IN ('held', 'dead') AND (CAST(?1 AS TEXT) IS NULL OR destination = ?1)
        GROUP BY destination, type, state, failure, note ORDER BY 6 DESC, 7
        """)
      defer { rows.reset() }
      try rows.bind(.text(optional: destination?.text))
      var groups: [FailureGroup] = []
      while try rows.step() {
        groups.append(
          FailureGroup(
            destination: PartyID(rows.text(0)), type: rows.text(1), state: rows.state(2),
            failure: rows.optionalText(3).flatMap(FailureClass.init(rawValue:)), note: rows.optionalText(4),
            count: Int(rows.integer(5)), oldestAt: rows.timestamp(6), newestAt: rows.timestamp(7)))
      }
      return groups
    }
  }

  package func heldOutputs(after delivery: DeliveryID?, limit: Int) throws(StoreError) -> [HeldOutput] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(texts.heldOutputs)
      defer { rows.reset() }
      try rows.bind(.integer(delivery?.number ?? 0), .integer(Int64(limit)))
      var found: [HeldOutput] = []
      while try rows.step() {
        found.append(
          HeldOutput(
            delivery: DeliveryID(rows.integer(0)), message: MessageID(rows.uuid(1)), destination: PartyID(rows.text(2)),
            type: rows.text(3), note: rows.optionalText(4)))
      }
      return found
    }
  }

  package func nextDue(for destination: PartyID) throws(StoreError) -> Timestamp? {
    try readers.read { database throws(SQLError) in
      let row = try database.prepare(
        """
        SELECT min(due) FROM (
          SELECT due FROM (SELECT due FROM delivery WHERE destination = ?1 AND state = 'ready' LIMIT 1) AS ready
          UNION ALL SELECT due FROM (
            SELECT due FROM delivery WHERE destination = ?1 AND due IS NOT NULL AND state <> 'ready'
            ORDER BY due, number LIMIT 1) AS retry) AS earliest
        """)
      defer { row.reset() }
      try row.bind(.text(destination.text))
      return try row.step() ? row.optionalTimestamp(0) : nil
    }
  }
}
