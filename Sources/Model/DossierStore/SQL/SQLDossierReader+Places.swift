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
      (places.failed, places.failure) = try Self.failed(towards: destination, in: database)
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
    let (failed, failure) = try Self.failed(towards: delivery.destination, in: database)
    return QueuePlace(ahead: Int(ahead.integer(0)), failed: failed, failure: failure)
  }

  /// How many deliveries to a destination failed and are tried again, and the failure most of them have in common.
  private static func failed(
    towards destination: PartyID, in database: any SQLDatabase
  ) throws(SQLError) -> (count: Int, failure: FailureClass?) {
    let rows = try database.prepare(
      """
      SELECT failure, count(*) FROM (
        SELECT failure FROM delivery WHERE destination = ? AND due IS NOT NULL AND state <> 'ready'
        LIMIT \(QueuePlace.countLimit)) AS counted
      GROUP BY failure ORDER BY count(*) DESC, failure
      """)
    defer { rows.reset() }
    try rows.bind(.text(destination.text))
    var (count, failure) = (0, FailureClass?.none)
    while try rows.step() {
      count += Int(rows.integer(1))
      if failure == nil { failure = rows.optionalText(0).flatMap(FailureClass.init(rawValue:)) }
    }
    return (count, failure)
  }
}
