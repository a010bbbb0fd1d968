package import DossierModel
import SQLKit

extension SQLDossierReader {
  package func places(towards destination: PartyID) throws(StoreError) -> QueuePlaces {
    try readers.read { database throws(SQLError) in
      var places = QueuePlaces()
      let lane = try database.prepare(
        """
        SELECT number FROM delivery WHERE destination = ? AND state = 'ready' AND bulk = ? ORDER BY urgency, number
        LIMIT \(QueuePlace.countLimit)
        """)
      defer { lane.reset() }
      for bulk in [Int64(0), 1] {
        try lane.bind(.text(destination.text), .integer(bulk))
        var ahead = 0
        while try lane.step() {
          places.ahead[DeliveryID(lane.integer(0))] = ahead
          ahead += 1
        }
        lane.reset()
      }
      let failed = try database.prepare(
        """
        SELECT count(*) FROM (
          SELECT 1 FROM delivery WHERE destination = ? AND due IS NOT NULL AND state <> 'ready'
          LIMIT \(QueuePlace.countLimit)) AS counted
        """)
      defer { failed.reset() }
      try failed.bind(.text(destination.text))
      guard try failed.step() else { preconditionFailure("a count is a row") }
      places.failed = Int(failed.integer(0))
      return places
    }
  }

  /// Where a ready delivery stands.
  static func place(of delivery: StoredDelivery, in database: any SQLDatabase) throws(SQLError) -> QueuePlace {
    let ahead = try database.prepare(
      """
      SELECT count(*) FROM (
        SELECT 1 FROM delivery AS d CROSS JOIN (SELECT bulk, urgency, number FROM delivery WHERE number = ?1) AS own
        WHERE d.destination = ?2 AND d.state = 'ready' AND d.bulk = own.bulk
          AND (d.urgency < own.urgency OR (d.urgency = own.urgency AND d.number < own.number))
        LIMIT \(QueuePlace.countLimit)) AS counted
      """)
    defer { ahead.reset() }
    try ahead.bind(.integer(delivery.id.number), .text(delivery.destination.text))
    guard try ahead.step() else { preconditionFailure("a count is a row") }
    var place = QueuePlace(ahead: Int(ahead.integer(0)), failed: 0)
    let failed = try database.prepare(
      """
      SELECT failure, count(*) FROM (
        SELECT failure FROM delivery WHERE destination = ? AND due IS NOT NULL AND state <> 'ready'
        LIMIT \(QueuePlace.countLimit)) AS counted
      GROUP BY failure ORDER BY count(*) DESC, failure
      """)
    defer { failed.reset() }
    try failed.bind(.text(delivery.destination.text))
    while try failed.step() {
      place.failed += Int(failed.integer(1))
      if place.failure == nil { place.failure = failed.optionalText(0).flatMap(FailureClass.init(rawValue:)) }
    }
    return place
  }
}
