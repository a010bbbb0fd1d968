import DossierModel
import SQLKit
import ServiceKit

/// The statements about the gateways on one database. Silence is measured by the database's clock alone.
enum NodeTable {
  /// Deliveries given back in one transaction.
  static let giveBackLimit = 500
  /// Ended epochs are forgotten after so many days.
  static let keptDays: Int64 = 30

  /// Ends the epochs that were begun at this place: their gateways are gone. A batch that one of them is still carrying out,
  /// because its process ended in the middle, is waited for. Only for a gateway that starts: one that goes on under a new
  /// epoch would end that of another which took it for gone.
  static func endPredecessors(_ name: String, at place: String, in database: any SQLDatabase) throws(SQLError) {
    try database.run(
      "UPDATE node SET ended = clock_timestamp() WHERE name = ? AND place = ? AND ended IS NULL", .text(name),
      .text(place))
  }

  /// A new epoch.
  static func begin(_ name: String, place: String?, in database: any SQLDatabase) throws(SQLError) -> Int64 {
    try database.run(
      """
      WITH old AS (
        DELETE FROM node WHERE ended < clock_timestamp() - CAST(? AS BIGINT) * INTERVAL '1 day' RETURNING epoch)
      DELETE FROM node_batch WHERE epoch IN (SELECT epoch FROM old)
      """, .integer(keptDays))
    let row = try database.prepare(
      """
      WITH new AS (INSERT INTO node(name, place) VALUES(?, ?) RETURNING epoch)
      INSERT INTO node_batch SELECT epoch, 0 FROM new RETURNING epoch
      """)
    defer { row.reset() }
    try row.bind(.text(name), .text(optional: place))
    guard try row.step() else { preconditionFailure("an inserted row is returned") }
    return row.integer(0)
  }

  /// Says that this gateway lives; false if another has ended its epoch.
  static func renew(_ epoch: Int64, in database: any SQLDatabase) throws(SQLError) -> Bool {
    let row = try database.prepare(
      "UPDATE node SET seen = clock_timestamp() WHERE epoch = ? AND ended IS NULL RETURNING epoch")
    defer { row.reset() }
    try row.bind(.integer(epoch))
    return try row.step()
  }

  /// Whether this is the last transaction that is stored. What `transaction` waits for at its end, a standby for one, it
  /// has waited for as well. `busy` while it is still being carried out.
  static func isLast(_ mark: TransactionMark, in database: any SQLDatabase) throws(SQLError) -> Bool {
    try database.transaction { () throws(SQLError) in
      let row = try database.prepare("SELECT number FROM node_batch WHERE epoch = ? FOR UPDATE")
      defer { row.reset() }
      try row.bind(.integer(mark.epoch))
      return try row.step() && row.integer(0) == mark.ordinal
    }
  }

  static func end(_ epoch: Int64, in database: any SQLDatabase) throws(SQLError) {
    try database.run("UPDATE node SET ended = clock_timestamp() WHERE epoch = ?", .integer(epoch))
  }

  /// For how long, up to now, gateways have been heard of with no silence between that was as long as a lease: for so long
  /// the database was there to be reached. What a gateway that lives was heard of before is not kept, so this may be less
  /// than it was, and never more.
  static func reached(lease: Duration, in database: any SQLDatabase) throws(SQLError) -> Duration {
    let ages = try database.prepare(
      """
      SELECT CAST(extract(epoch FROM clock_timestamp() - heard) * 1000 AS BIGINT) AS age
      FROM (SELECT seen AS heard FROM node UNION ALL SELECT started FROM node) AS moments
      WHERE heard > clock_timestamp() - CAST(? AS BIGINT) * INTERVAL '1 ms' ORDER BY age
      """)
    defer { ages.reset() }
    try ages.bind(.integer(lease.milliseconds * 2))
    var reached: Int64 = 0
    while try ages.step(), ages.integer(0) - reached < lease.milliseconds { reached = ages.integer(0) }
    return .milliseconds(reached)
  }

  /// Ends the epochs of gateways that have been silent for a lease, and that nobody else is ending. A gateway that is
  /// just claiming holds its row, and is left for the next time.
  static func endSilent(lease: Duration, in database: any SQLDatabase) throws(SQLError) {
    try database.run(
      """
      UPDATE node SET ended = clock_timestamp() WHERE epoch IN (
        SELECT epoch FROM node WHERE ended IS NULL AND seen < clock_timestamp() - CAST(? AS BIGINT) * INTERVAL '1 ms'
        FOR UPDATE SKIP LOCKED)
      """, .integer(lease.milliseconds))
  }

  static func share(
    of epoch: Int64, lease: Duration, in database: any SQLDatabase
  ) throws(SQLError) -> StoreShare {
    let row = try database.prepare(
      """
      SELECT count(*), count(*) FILTER (WHERE epoch < ?1) FROM node
      WHERE ended IS NULL AND (epoch = ?1 OR seen >= clock_timestamp() - CAST(?2 AS BIGINT) * INTERVAL '1 ms')
      """)
    defer { row.reset() }
    try row.bind(.integer(epoch), .integer(lease.milliseconds))
    guard try row.step(), row.integer(0) > row.integer(1) else { return .whole }
    return StoreShare(rank: Int(row.integer(1)), count: Int(row.integer(0)))
  }

  /// Whether there are claims whose epoch has ended.
  static func hasLostClaims(in database: any SQLDatabase) throws(SQLError) -> Bool {
    let row = try database.prepare(
      """
      SELECT 1 FROM delivery AS d WHERE d.state = 'inFlight'
        AND NOT EXISTS (SELECT 1 FROM node WHERE node.epoch = d.epoch AND node.ended IS NULL) LIMIT 1
      """)
    defer { row.reset() }
    return try row.step()
  }

  /// Gives back claims whose epoch has ended; how many, at most `giveBackLimit`.
  static func giveBack(in transaction: StoreTransaction, at now: Timestamp) throws(SQLError) -> Int {
    let rows = try transaction.database.prepare(
      """
      SELECT d.number, d.destination, d.dossier, d.epoch FROM delivery AS d WHERE d.state = 'inFlight'
        AND NOT EXISTS (SELECT 1 FROM node WHERE node.epoch = d.epoch AND node.ended IS NULL)
      ORDER BY d.number LIMIT ?
      """)
    try rows.bind(.integer(Int64(giveBackLimit)))
    var found: [(id: DeliveryID, stream: DeliveryStream, epoch: Int64)] = []
    while try rows.step() {
      let stream = DeliveryStream(destination: PartyID(rows.text(1)), dossier: DossierCode(rows.text(2)))
      found.append((DeliveryID(rows.integer(0)), stream, rows.integer(3)))
    }
    rows.reset()
    guard !found.isEmpty else { return 0 }
    try transaction.lookup.hold(Set(found.map(\.stream)))
    var lost: [DeliveryRow] = []
    for claim in found {
      // Since it was found another gateway may have given it back, and one may have claimed it again.
      guard let row = try transaction.lookup.heldDelivery(claim.id), row.state == .inFlight, row.epoch == claim.epoch
      else { continue }
      lost.append(row)
    }
    try transaction.giveBack(lost, at: now)
    return found.count
  }
}

extension Duration {
  fileprivate var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}
