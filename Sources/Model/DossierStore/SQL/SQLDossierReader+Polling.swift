package import DossierModel
import SQLKit
import ServiceKit

extension SQLDossierReader: PollReader {
  package func polls() throws(StoreError) -> [StoredPoll] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT party, name, epoch, due, cursor, reached, began, succeeded, failures, failure, note, taken,
          (SELECT count(*) FROM poll_item AS i WHERE i.party = poll.party AND i.poll = poll.name)
        FROM poll ORDER BY party, name
        """)
      defer { rows.reset() }
      var found: [StoredPoll] = []
      while try rows.step() {
        found.append(
          StoredPoll(
            id: PollID(PartyID(rows.text(0)), rows.text(1)),
            place: PollPlace(cursor: rows.optionalText(4), reached: rows.optionalTimestamp(5)),
            due: rows.timestamp(3), epoch: rows.integer(2) == 0 ? nil : rows.integer(2),
            begun: rows.optionalTimestamp(6), succeeded: rows.optionalTimestamp(7), failures: Int(rows.integer(8)),
            failure: rows.optionalText(9).flatMap(FailureClass.init(rawValue:)), note: rows.optionalText(10),
            taken: Int(rows.integer(11)), keptItems: Int(rows.integer(12))))
      }
      return found
    }
  }

  private static let itemColumns =
    "number, party, poll, item, type, digest, first, last, times, fault, note, length(bytes), again"

  package func pollItems(
    of party: PartyID?, after number: Int64, limit: Int
  ) throws(StoreError) -> [StoredPollItem] {
    try readers.read { database throws(SQLError) in
      let condition = party == nil ? "" : "AND party = ?3"
      let rows = try database.prepare(
        "SELECT \(Self.itemColumns) FROM poll_item WHERE number > ?1 \(condition) ORDER BY number LIMIT ?2")
      defer { rows.reset() }
      try rows.bind([.integer(number), .integer(Int64(limit))] + (party.map { [.text($0.text)] } ?? []))
      var found: [StoredPollItem] = []
      while try rows.step() { found.append(Self.item(rows)) }
      return found
    }
  }

  package func pollItem(_ number: Int64) throws(StoreError) -> (item: StoredPollItem, bytes: [UInt8])? {
    try readers.read { database throws(SQLError) in
      let row = try database.prepare("SELECT \(Self.itemColumns), bytes FROM poll_item WHERE number = ?")
      defer { row.reset() }
      try row.bind(.integer(number))
      return try row.step() ? (Self.item(row), row.blob(13)) : nil
    }
  }

  package func pollItemsOfferedAgain(limit: Int) throws(StoreError) -> [Int64] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare("SELECT number FROM poll_item WHERE again = 1 ORDER BY number LIMIT ?")
      defer { rows.reset() }
      try rows.bind(.integer(Int64(limit)))
      var found: [Int64] = []
      while try rows.step() { found.append(rows.integer(0)) }
      return found
    }
  }

  private static func item(_ row: any SQLStatement) -> StoredPollItem {
    StoredPollItem(
      number: row.integer(0), poll: PollID(PartyID(row.text(1)), row.text(2)), name: row.text(3),
      type: row.optionalText(4), digest: row.digest(5), first: row.timestamp(6), last: row.timestamp(7),
      times: Int(row.integer(8)), fault: row.text(9), note: row.optionalText(10), byteCount: Int(row.integer(11)),
      isOfferedAgain: row.integer(12) == 1)
  }

  package func awaited(_ query: AwaitedQuery, limit: Int) throws(StoreError) -> AwaitedQuery.Answer {
    try readers.read { database throws(SQLError) in
      var candidates: [(dossier: AwaitedDossier, asked: Int64, since: Timestamp)] = []
      for type in query.types.sorted() {
        let names = query.procedures.sorted()
        let places = names.indices.map { "?\($0 + 4)" }.joined(separator: ", ")
        let condition = names.isEmpty ? "" : "AND procedure IN (\(places))"
        let rows = try database.prepare(
          """
          SELECT dossier, asked, since FROM awaited WHERE party = ?1 AND type = ?2 \(condition)
          ORDER BY asked, dossier LIMIT ?3
          """)
        defer { rows.reset() }
        // More than are wanted, for some of them are over.
        let looked = Int64(limit * AwaitedQuery.lookedFor)
        try rows.bind([.text(query.party.text), .text(type), .integer(looked)] + names.map { .text($0) })
        while try rows.step() {
          let dossier = AwaitedDossier(type: type, code: DossierCode(rows.text(0)))
          candidates.append((dossier, rows.integer(1), rows.timestamp(2)))
        }
      }
      candidates.sort { ($0.asked, $0.dossier.code.text) < ($1.asked, $1.dossier.code.text) }
      var answer = AwaitedQuery.Answer()
      for candidate in candidates where answer.open.count < limit {
        var isOver = candidate.since < query.since
        if !isOver { isOver = try Self.isOver(candidate.dossier.code, since: candidate.since, query, database) }
        if isOver { answer.over.append(candidate.dossier) } else { answer.open.append(candidate.dossier) }
      }
      return answer
    }
  }

  /// Whether the party has told the end since it got the dossier.
  private static func isOver(
    _ dossier: DossierCode, since: Timestamp, _ query: AwaitedQuery, _ database: any SQLDatabase
  ) throws(SQLError) -> Bool {
    let rows = try database.prepare(
      "SELECT status FROM message WHERE dossier = ? AND sender = ? AND received >= ? ORDER BY number DESC")
    defer { rows.reset() }
    try rows.bind(.text(dossier.text), .text(query.party.text), .integer(since.microseconds))
    while try rows.step() {
      if let status = rows.optionalText(0), query.ends.contains(status) { return true }
    }
    return false
  }
}

extension AwaitedQuery {
  /// For each dossier that is wanted, how many are looked at.
  static let lookedFor = 4
}
