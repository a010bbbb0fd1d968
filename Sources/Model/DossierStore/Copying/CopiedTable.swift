import SQLKit

/// One table of a store on its way from one database to another: the same columns in both.
struct CopiedTable: Sendable {
  enum Column: Sendable {
    case integer
    case text
    case blob
  }

  let name: String
  let columns: [Column]
  /// How many of the columns, the first ones, are the key.
  let keyColumns: Int
  /// The rows behind a key, in the key's order: the key, then how many at most.
  let page: StaticString
  let insert: StaticString
  let isEmpty: StaticString

  /// All tables whose rows are kept.
  static let all = [
    CopiedTable(
      name: "message",
      columns: [
        .integer, .blob, .text, .text, .text, .text, .text, .integer, .integer, .blob, .text, .text, .text, .integer,
        .integer, .text, .text, .text, .text, .integer, .integer, .integer,
      ], keyColumns: 1,
      page: """
        SELECT number, id, sender, type, dossier, procedure, status, appointed, received, digest, key, scope, traceparent,
          bytes, pruned, unit, unit_level, field, channel, taken, reached, marks FROM message WHERE number > ? ORDER BY number LIMIT ?
        """,
      insert: """
        INSERT INTO message(number, id, sender, type, dossier, procedure, status, appointed, received, digest, key, scope,
          traceparent, bytes, pruned, unit, unit_level, field, channel, taken, reached, marks)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, isEmpty: "SELECT 1 FROM message LIMIT 1"),
    CopiedTable(
      name: "message_body", columns: [.integer, .blob], keyColumns: 1,
      page: "SELECT message, bytes FROM message_body WHERE message > ? ORDER BY message LIMIT ?",
      insert: "INSERT INTO message_body(message, bytes) VALUES(?, ?)", isEmpty: "SELECT 1 FROM message_body LIMIT 1"),
    CopiedTable(
      name: "erasure", columns: [.integer, .integer, .integer], keyColumns: 2,
      page: """
        SELECT message, delivery, done FROM erasure WHERE (message, delivery) > (?, ?) ORDER BY message, delivery LIMIT ?
        """,
      insert: "INSERT INTO erasure(message, delivery, done) VALUES(?, ?, ?)", isEmpty: "SELECT 1 FROM erasure LIMIT 1"),
    CopiedTable(
      name: "delivery",
      columns: [
        .integer, .integer, .text, .text, .text, .text, .integer, .integer, .integer, .integer, .integer, .integer,
        .integer, .text, .text,
      ], keyColumns: 1,
      page: """
        SELECT number, message, destination, dossier, type, state, open, due, bulk, urgency, attempts, epoch, created,
          failure, note FROM delivery WHERE number > ? ORDER BY number LIMIT ?
        """,
      insert: """
        INSERT INTO delivery(number, message, destination, dossier, type, state, open, due, bulk, urgency, attempts, epoch,
          created, failure, note) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, isEmpty: "SELECT 1 FROM delivery LIMIT 1"),
    CopiedTable(
      name: "delivery_payload", columns: [.integer, .blob], keyColumns: 1,
      page: "SELECT delivery, bytes FROM delivery_payload WHERE delivery > ? ORDER BY delivery LIMIT ?",
      insert: "INSERT INTO delivery_payload(delivery, bytes) VALUES(?, ?)",
      isEmpty: "SELECT 1 FROM delivery_payload LIMIT 1"),
    CopiedTable(
      name: "attempt", columns: [.integer, .integer, .integer, .integer, .text, .text, .integer, .blob], keyColumns: 2,
      page: """
        SELECT delivery, ordinal, started, ended, outcome, failure, status, answer FROM attempt
        WHERE (delivery, ordinal) > (?, ?) ORDER BY delivery, ordinal LIMIT ?
        """,
      insert: """
        INSERT INTO attempt(delivery, ordinal, started, ended, outcome, failure, status, answer)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?)
        """, isEmpty: "SELECT 1 FROM attempt LIMIT 1"),
    CopiedTable(
      name: "journal",
      columns: [.integer, .integer, .text, .integer, .integer, .text, .text, .text, .text, .text], keyColumns: 1,
      page: """
        SELECT number, at, event, message, delivery, dossier, from_state, to_state, actor, note FROM journal
        WHERE number > ? ORDER BY number LIMIT ?
        """,
      insert: """
        INSERT INTO journal(number, at, event, message, delivery, dossier, from_state, to_state, actor, note)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, isEmpty: "SELECT 1 FROM journal LIMIT 1"),
    CopiedTable(
      name: "file_reference", columns: [.blob, .text, .integer], keyColumns: 3,
      page: """
        SELECT digest, party, message FROM file_reference
        WHERE (digest, party, message) > (?, ?, ?) ORDER BY digest, party, message LIMIT ?
        """,
      insert: "INSERT INTO file_reference(digest, party, message) VALUES(?, ?, ?)",
      isEmpty: "SELECT 1 FROM file_reference LIMIT 1"),
    CopiedTable(
      name: "poll",
      columns: [
        .text, .text, .integer, .text, .integer, .integer, .integer, .integer, .text, .text, .integer,
      ], keyColumns: 2,
      // Nobody is at it any more: the epochs of the former store mean nothing in the new one.
      page: """
        SELECT party, name, due, cursor, reached, began, succeeded, failures, failure, note, taken FROM poll
        WHERE (party, name) > (?, ?) ORDER BY party, name LIMIT ?
        """,
      insert: """
        INSERT INTO poll(party, name, due, cursor, reached, began, succeeded, failures, failure, note, taken)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, isEmpty: "SELECT 1 FROM poll LIMIT 1"),
    CopiedTable(
      name: "poll_item",
      columns: [
        .integer, .text, .text, .text, .blob, .text, .integer, .integer, .integer, .text, .text, .integer, .blob,
      ], keyColumns: 1,
      page: """
        SELECT number, party, poll, item, digest, type, first, last, times, fault, note, again, bytes FROM poll_item
        WHERE number > ? ORDER BY number LIMIT ?
        """,
      insert: """
        INSERT INTO poll_item(number, party, poll, item, digest, type, first, last, times, fault, note, again, bytes)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, isEmpty: "SELECT 1 FROM poll_item LIMIT 1"),
    CopiedTable(
      name: "awaited", columns: [.text, .text, .text, .text, .integer, .integer], keyColumns: 3,
      page: """
        SELECT party, type, dossier, procedure, since, asked FROM awaited
        WHERE (party, type, dossier) > (?, ?, ?) ORDER BY party, type, dossier LIMIT ?
        """,
      insert: "INSERT INTO awaited(party, type, dossier, procedure, since, asked) VALUES(?, ?, ?, ?, ?, ?)",
      isEmpty: "SELECT 1 FROM awaited LIMIT 1"),
    CopiedTable(
      name: "procedure_instance",
      columns: [
        .text, .text, .integer, .text, .integer, .blob, .integer, .text, .integer, .integer, .integer, .integer,
      ], keyColumns: 1,
      page: """
        SELECT dossier, procedure, version, sender, message, state, open, outcome, due, timer, began, changed
        FROM procedure_instance WHERE dossier > ? ORDER BY dossier LIMIT ?
        """,
      insert: """
        INSERT INTO procedure_instance(dossier, procedure, version, sender, message, state, open, outcome, due, timer, began,
          changed) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, isEmpty: "SELECT 1 FROM procedure_instance LIMIT 1"),
    CopiedTable(
      name: "procedure_code", columns: [.text, .text, .text], keyColumns: 2,
      // The party of a code that everybody uses is empty, so the first key is before all of them.
      page: """
        SELECT party, code, dossier FROM procedure_code WHERE (party, code) > (?, ?) ORDER BY party, code LIMIT ?
        """,
      insert: "INSERT INTO procedure_code(party, code, dossier) VALUES(?, ?, ?)",
      isEmpty: "SELECT 1 FROM procedure_code LIMIT 1"),
    CopiedTable(
      name: "procedure_line", columns: [.integer, .text, .integer, .text, .text, .text, .text, .text], keyColumns: 1,
      page: """
        SELECT number, dossier, at, kind, word, step, party, text FROM procedure_line WHERE number > ? ORDER BY number LIMIT ?
        """,
      insert: """
        INSERT INTO procedure_line(number, dossier, at, kind, word, step, party, text) VALUES(?, ?, ?, ?, ?, ?, ?, ?)
        """, isEmpty: "SELECT 1 FROM procedure_line LIMIT 1"),
    CopiedTable(
      name: "procedure_output", columns: [.integer, .text, .text, .text, .text, .integer, .blob], keyColumns: 1,
      page: """
        SELECT delivery, dossier, name, party, kind, unwritten, errand FROM procedure_output
        WHERE delivery > ? ORDER BY delivery LIMIT ?
        """,
      insert: """
        INSERT INTO procedure_output(delivery, dossier, name, party, kind, unwritten, errand) VALUES(?, ?, ?, ?, ?, ?, ?)
        """, isEmpty: "SELECT 1 FROM procedure_output LIMIT 1"),
  ]

  /// Gives every row to `body`, in the key's order, a page at a time.
  func forEachRow(in database: any SQLDatabase, _ body: ([SQLValue]) throws(SQLError) -> Void) throws(SQLError) {
    var key = columns.prefix(keyColumns).map(\.smallest)
    while true {
      let rows = try database.prepare(page)
      try rows.bind(key + [.integer(Int64(Self.pageSize))])
      var count = 0
      while try rows.step() {
        let row = columns.enumerated().map { $0.element.value(rows, $0.offset) }
        try body(row)
        key = Array(row.prefix(keyColumns))
        count += 1
      }
      rows.reset()
      if count < Self.pageSize { return }
    }
  }

  /// Rows read at once: each may hold a large document.
  static let pageSize = 100
}

extension CopiedTable.Column {
  fileprivate var smallest: SQLValue {
    switch self {
    case .integer: .integer(.min)
    case .text: .text("")
    case .blob: .blob([])
    }
  }

  fileprivate func value(_ row: any SQLStatement, _ column: Int) -> SQLValue {
    if row.isNull(column) { return .null }
    return switch self {
    case .integer: .integer(row.integer(column))
    case .text: .text(row.text(column))
    case .blob: .blob(row.blob(column))
    }
  }
}
