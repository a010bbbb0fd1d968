import DossierModel
import SQLKit

/// Finds the procedure that is known under a code: for readers, and inside the transaction that moves it.
enum KnownProcedure {
  /// Codes of one message that are looked at.
  static let codesLimit = 4

  static func dossier(
    knownAs codes: [DossierCode], to party: PartyID?, in database: any SQLDatabase
  ) throws(SQLError) -> DossierCode? {
    guard let first = codes.first else { return nil }
    let row = try database.prepare(
      """
      SELECT known.dossier FROM (
        SELECT 0 AS place, dossier FROM procedure_instance WHERE dossier = ?1
        UNION ALL SELECT 1, dossier FROM procedure_code WHERE party IN ('', ?5) AND code = ?1
        UNION ALL SELECT 2, dossier FROM procedure_instance WHERE dossier = ?2
        UNION ALL SELECT 3, dossier FROM procedure_code WHERE party IN ('', ?5) AND code = ?2
        UNION ALL SELECT 4, dossier FROM procedure_instance WHERE dossier = ?3
        UNION ALL SELECT 5, dossier FROM procedure_code WHERE party IN ('', ?5) AND code = ?3
        UNION ALL SELECT 6, dossier FROM procedure_instance WHERE dossier = ?4
        UNION ALL SELECT 7, dossier FROM procedure_code WHERE party IN ('', ?5) AND code = ?4) AS known
      ORDER BY known.place LIMIT 1
      """)
    defer { row.reset() }
    var asked = codes.prefix(codesLimit).map { SQLValue.text($0.text) }
    while asked.count < codesLimit { asked.append(.text(first.text)) }
    try row.bind(asked + [.text(party?.text ?? "")])
    return try row.step() ? DossierCode(row.text(0)) : nil
  }
}
