import DossierModel
import SQLKit
import ServiceKit

/// When what procedures sent reached its destinations.
enum Arrivals {
  /// By the names of the outputs, those to one party or to all: a name stands for one dossier's step and round.
  static func ofProcedure(
    _ dossier: DossierCode, to party: PartyID?, in database: any SQLDatabase
  ) throws(SQLError) -> [String: Timestamp] {
    let rows = try database.prepare(
      """
      SELECT o.name, max(j.at) FROM procedure_output AS o JOIN delivery AS d ON d.number = o.delivery
        JOIN journal AS j ON j.message = d.message AND j.delivery = d.number AND j.to_state = 'delivered'
      WHERE o.dossier = ?1 AND (CAST(?2 AS TEXT) IS NULL OR o.party = ?2) GROUP BY o.name
      """)
    defer { rows.reset() }
    try rows.bind(.text(dossier.text), .text(optional: party?.text))
    var found: [String: Timestamp] = [:]
    while try rows.step() { found[rows.text(0)] = rows.timestamp(1) }
    return found
  }
}
