package import DossierModel
import SQLKit
import ServiceKit

extension SQLDossierReader {
  /// In the words of the index of what is open, as the statement by which an inbox is handed out.
  private static func waiting(_ texts: StoreTexts, types: Int) -> String {
    "delivery \(texts.by("delivery_stream")) WHERE destination = ? AND open = 1 "
      + "AND state IN ('ready', 'awaitingReceipt') AND type IN (\(repeatElement("?", count: types).joined(separator: ", ")))"
  }

  package func inbox(of party: PartyID, _ filter: InboxFilter) throws(StoreError) -> [InboxEntry] {
    guard !filter.types.isEmpty else { return [] }
    return try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT d.number, d.state, m.id, m.sender, d.type, d.dossier, d.created
        FROM (
          SELECT number FROM \(Self.waiting(texts, types: filter.types.count)) AND created >= ? AND created < ?
          ORDER BY number + 0 LIMIT ? OFFSET ?) AS w
        CROSS JOIN delivery AS d CROSS JOIN message AS m
        WHERE d.number = w.number AND m.number = d.message ORDER BY d.number
        """)
      defer { rows.reset() }
      try rows.bind(
        [.text(party.text)] + filter.types.sorted().map { .text($0) } + [
          .integer(filter.since?.microseconds ?? .min), .integer(filter.until?.microseconds ?? .max),
          .integer(Int64(filter.limit)), .integer(Int64(filter.offset)),
        ])
      var entries: [InboxEntry] = []
      while try rows.step() {
        entries.append(
          InboxEntry(
            delivery: DeliveryID(rows.integer(0)), message: MessageID(rows.uuid(2)), sender: PartyID(rows.text(3)),
            type: rows.text(4), dossier: DossierCode(rows.text(5)), isFetched: rows.state(1) == .awaitingReceipt,
            createdAt: rows.timestamp(6)))
      }
      return entries
    }
  }

  package func inboxCount(of party: PartyID, types: Set<String>) throws(StoreError) -> Int {
    guard !types.isEmpty else { return 0 }
    return try readers.read { database throws(SQLError) in
      let row = try database.prepare("SELECT count(*) FROM \(Self.waiting(texts, types: types.count))")
      defer { row.reset() }
      try row.bind([.text(party.text)] + types.sorted().map { .text($0) })
      guard try row.step() else { preconditionFailure("a count is a row") }
      return Int(row.integer(0))
    }
  }
}
