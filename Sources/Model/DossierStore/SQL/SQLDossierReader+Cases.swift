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
          (SELECT count(*) FROM delivery AS d WHERE d.message = m.number AND d.destination = ? AND d.state = 'delivered')
        FROM message AS m WHERE (m.dossier, m.number) > (?, ?) ORDER BY m.dossier, m.number LIMIT ?
        """)
      defer { rows.reset() }
      // No party has an empty name.
      try rows.bind(
        .text(portal?.text ?? ""), .text(place.dossier), .integer(place.number), .integer(Int64(limit)))
      var page = CasePage(messages: [], next: nil)
      var last: CasePage.Place?
      while try rows.step() {
        page.messages.append(Self.caseMessage(rows))
        last = CasePage.Place(dossier: rows.text(0), number: rows.integer(1))
      }
      if page.messages.count == limit { page.next = last }
      return page
    }
  }

  package func caseMessages(of dossier: DossierCode, limit: Int) throws(StoreError) -> [CaseMessage] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT m.dossier, m.number, m.sender, m.procedure, m.status, m.appointed, m.received, m.unit, m.unit_level, m.field,
          m.channel, m.taken, m.reached, m.marks, 0
        FROM message AS m WHERE m.dossier = ? ORDER BY m.number LIMIT ?
        """)
      defer { rows.reset() }
      try rows.bind(.text(dossier.text), .integer(Int64(limit)))
      var found: [CaseMessage] = []
      while try rows.step() { found.append(Self.caseMessage(rows)) }
      return found
    }
  }

  private static func caseMessage(_ row: any SQLStatement) -> CaseMessage {
    CaseMessage(
      dossier: DossierCode(row.text(0)), sender: PartyID(row.text(2)), procedure: row.optionalText(3),
      status: row.optionalText(4), appointedAt: row.optionalTimestamp(5), receivedAt: row.timestamp(6),
      facts: CaseFacts(
        unit: row.optionalText(7), unitLevel: row.optionalText(8), field: row.optionalText(9),
        channel: row.optionalText(10),
        takenAt: row.optionalTimestamp(11), reachedAt: row.optionalTimestamp(12),
        marks: ServiceMarks(rawValue: Int(row.optionalInteger(13) ?? 0))),
      isSynchronised: row.integer(14) > 0)
  }
}
