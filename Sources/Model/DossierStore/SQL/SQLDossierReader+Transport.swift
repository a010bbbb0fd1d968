import DossierModel
import SQLKit
package import ServiceKit

extension SQLDossierReader {
  /// How what was queued between two moments, and is delivered now, got to its destinations, in the order of their names. What an
  /// agency pulls is no transport of ours.
  package func transport(from begin: Timestamp, until end: Timestamp) throws(StoreError) -> [TransportFigures] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT d.destination, count(*), CAST(sum(CASE WHEN d.attempts = 1 THEN 1 ELSE 0 END) AS BIGINT),
          CAST(sum(a.ended - d.created) AS BIGINT), max(a.ended - d.created)
        FROM delivery AS d JOIN attempt AS a ON a.delivery = d.number AND a.ordinal = d.attempts
        WHERE d.created >= ? AND d.created < ? AND d.state = 'delivered' GROUP BY d.destination ORDER BY d.destination
        """)
      defer { rows.reset() }
      try rows.bind(.integer(begin.microseconds), .integer(end.microseconds))
      var figures: [TransportFigures] = []
      while try rows.step() {
        let delivered = rows.integer(1)
        figures.append(
          TransportFigures(
            destination: PartyID(rows.text(0)), delivered: Int(delivered), atFirstAttempt: Int(rows.integer(2)),
            average: .microseconds(rows.integer(3) / delivered), longest: .microseconds(rows.integer(4))))
      }
      return figures
    }
  }
}
