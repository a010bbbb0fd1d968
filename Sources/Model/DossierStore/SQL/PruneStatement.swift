import DossierModel
import SQLKit
import ServiceKit

/// The question for messages that may be due: asked by a reader, which only looks, and again inside the transaction that
/// removes them.
struct PruneStatement {
  struct Found {
    let number: Int64
    let dossier: DossierCode
    let candidate: PrunePage.Candidate
  }

  /// The parameters are type, horizon, a place (moment, number), the last moment and a limit. Due is a message of which
  /// no delivery is open, to which nothing has happened since the horizon, and about whose dossier nothing has come since
  /// then: a dossier that is still being handled keeps the message that completes what later ones leave out, and one whose
  /// procedure is under way keeps all.
  ///
  /// The largest `open`, and not whether one is 1: PostgreSQL would gather everything that is open to answer that.
  private static let sql: StaticString = """
    SELECT aged.number, aged.received, aged.dossier,
      aged.bytes + (SELECT coalesce(sum(length(p.bytes)), 0) FROM delivery AS d
        JOIN delivery_payload AS p ON p.delivery = d.number WHERE d.message = aged.number),
      CASE WHEN (SELECT max(d.open) FROM delivery AS d WHERE d.message = aged.number) = 1
        OR EXISTS (SELECT 1 FROM journal AS j WHERE j.message = aged.number AND j.at >= ?2)
        OR (SELECT last.received FROM message AS last WHERE last.dossier = aged.dossier
          ORDER BY last.number DESC LIMIT 1) >= ?2
        OR (SELECT max(i.open) FROM procedure_instance AS i WHERE i.dossier = aged.dossier) = 1
        OR (SELECT max(i.open) FROM procedure_code AS c JOIN procedure_instance AS i ON i.dossier = c.dossier
          WHERE c.party IN ('', aged.sender) AND c.code = aged.dossier) = 1
        THEN 0 ELSE 1 END
    FROM (
      SELECT number, received, dossier, sender, bytes FROM message
      WHERE pruned IS NULL AND type = ?1 AND received < ?2 AND received >= ?3 AND (received > ?3 OR number > ?4)
        AND received <= ?5
      ORDER BY received, number LIMIT ?6) AS aged
    ORDER BY aged.received, aged.number
    """

  static func rows(
    _ type: String, before horizon: Timestamp, after place: PrunePage.Place, until last: Timestamp? = nil,
    in database: any SQLDatabase
  ) throws(SQLError) -> [Found] {
    let rows = try database.prepare(sql)
    defer { rows.reset() }
    try rows.bind([
      .text(type), .integer(horizon.microseconds), .integer(place.received.microseconds), .integer(place.number),
      .integer((last ?? horizon).microseconds), .integer(Int64(PruneOrder.stretchLimit)),
    ])
    var found: [Found] = []
    while try rows.step() {
      let place = PrunePage.Place(received: rows.timestamp(1), number: rows.integer(0))
      found.append(
        Found(
          number: place.number, dossier: DossierCode(rows.text(2)),
          candidate: PrunePage.Candidate(place: place, bytes: Int(rows.integer(3)), isDue: rows.integer(4) == 1)))
    }
    return found
  }
}

extension PrunePage.Place {
  func isBehind(_ other: PrunePage.Place) -> Bool { (received, number) > (other.received, other.number) }
}
