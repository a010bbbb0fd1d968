package import DossierModel
import SQLKit

extension SQLDossierReader {
  package func caseMessages(
    after place: CasePage.Place, portal: PartyID?, limit: Int
  ) throws(StoreError) -> CasePage {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT m.dossier, m.number, m.sender, m.procedure, m.status, m.appointed, m.received, m.unit, m.unit_level, m.field,
          m.channel, m.taken, m.reached, m.marks,
          (SELECT count(*) FROM delivery AS d WHERE d.message = m.number AND d.destination = ? AND d.state = 'delivered'),
          \(Self.isOfStep)
        FROM message AS m WHERE (m.dossier, m.number) > (?, ?) ORDER BY m.dossier, m.number LIMIT ?
        """)
      defer { rows.reset() }
      // No party has an empty name.
      try rows.bind(
        .text(portal?.text ?? ""), .text(place.dossier), .integer(place.number), .integer(Int64(limit)))
      var page = CasePage(messages: [], conducted: [:], next: nil)
      var last: CasePage.Place?
      while try rows.step() {
        page.messages.append(Self.caseMessage(rows))
        last = CasePage.Place(dossier: rows.text(0), number: rows.integer(1))
      }
      if page.messages.count == limit { page.next = last }
      if let first = page.messages.first, let last = page.messages.last {
        page.conducted = try Self.conducted(from: first.dossier, to: last.dossier, in: database)
      }
      return page
    }
  }

  package func caseMessages(of dossier: DossierCode, limit: Int) throws(StoreError) -> [CaseMessage] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT m.dossier, m.number, m.sender, m.procedure, m.status, m.appointed, m.received, m.unit, m.unit_level, m.field,
          m.channel, m.taken, m.reached, m.marks, 0, \(Self.isOfStep)
        FROM message AS m WHERE m.dossier = ? ORDER BY m.number LIMIT ?
        """)
      defer { rows.reset() }
      try rows.bind(.text(dossier.text), .integer(Int64(limit)))
      var found: [CaseMessage] = []
      while try rows.step() { found.append(Self.caseMessage(rows)) }
      return found
    }
  }

  /// Whether a message `m` is an agency's word about its step of a procedure: 1 or 0. Each question finds one row at most: of
  /// an EXISTS PostgreSQL might make a table of all codes.
  private static let isOfStep = """
    CASE WHEN (SELECT 1 FROM procedure_instance AS i WHERE i.dossier = m.dossier AND i.sender <> m.sender) = 1
      OR (SELECT 1 FROM procedure_code AS c WHERE c.party = m.sender AND c.code = m.dossier) = 1 THEN 1 ELSE 0 END
    """

  private static func caseMessage(_ row: any SQLStatement) -> CaseMessage {
    CaseMessage(
      dossier: DossierCode(row.text(0)), sender: PartyID(row.text(2)), procedure: row.optionalText(3),
      status: row.optionalText(4), appointedAt: row.optionalTimestamp(5), receivedAt: row.timestamp(6),
      facts: CaseFacts(
        unit: row.optionalText(7), unitLevel: row.optionalText(8), field: row.optionalText(9),
        channel: row.optionalText(10),
        takenAt: row.optionalTimestamp(11), reachedAt: row.optionalTimestamp(12),
        marks: ServiceMarks(rawValue: Int(row.optionalInteger(13) ?? 0))),
      isSynchronised: row.integer(14) > 0, isOfStep: row.integer(15) > 0)
  }

  /// What happened to whole procedures; what happened to a step is of interest where others were told of it.
  private static func conducted(
    from first: DossierCode, to last: DossierCode, in database: any SQLDatabase
  ) throws(SQLError) -> [DossierCode: [CasePage.ConductedWord]] {
    let rows = try database.prepare(
      """
      SELECT dossier, at, word FROM procedure_line
      WHERE dossier >= ? AND dossier <= ? AND kind <> 'alarm' AND (step IS NULL OR word LIKE 'inform.%')
      ORDER BY dossier, number
      """)
    defer { rows.reset() }
    try rows.bind(.text(first.text), .text(last.text))
    var found: [DossierCode: [CasePage.ConductedWord]] = [:]
    while try rows.step() {
      found[DossierCode(rows.text(0)), default: []].append(
        CasePage.ConductedWord(at: rows.timestamp(1), word: rows.text(2)))
    }
    return found
  }
}
