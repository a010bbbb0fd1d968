extension StoreTexts {
  // Named indexes where SQLite, which keeps no statistics here, would go through the whole table.
  static let sqlite = StoreTexts(
    claimable: """
      SELECT d.number, d.state, m.id, d.type, d.dossier, p.bytes, d.attempts, d.created, m.traceparent, d.message, w.lane
      FROM (
        SELECT * FROM (SELECT 0 AS lane, number FROM delivery
          WHERE destination = ?1 AND state = 'ready' AND bulk = 0 ORDER BY urgency, number LIMIT ?3)
        UNION ALL SELECT * FROM (SELECT 1, number FROM delivery
          WHERE destination = ?1 AND state = 'ready' AND bulk = 1 ORDER BY urgency, number LIMIT ?3)
        UNION ALL SELECT * FROM (SELECT 2, number FROM delivery
          WHERE destination = ?1 AND due <= ?2 AND state <> 'ready' ORDER BY due, number LIMIT ?3)) AS w
      CROSS JOIN delivery AS d ON d.number = w.number CROSS JOIN message AS m ON m.number = d.message
      CROSS JOIN delivery_payload AS p ON p.delivery = d.number
      """,
    inbox: """
      SELECT d.number, d.state, m.id, d.type, d.dossier, p.bytes, d.attempts, d.created, m.traceparent, d.message,
        0
      FROM delivery AS d JOIN message AS m ON m.number = d.message JOIN delivery_payload AS p ON p.delivery = d.number
      WHERE d.destination = ? AND d.open = 1 AND d.state IN ('ready', 'awaitingReceipt') ORDER BY d.number LIMIT ?
      """,
    selection: """
      SELECT d.number, d.state, d.message, d.destination, d.dossier, length(p.bytes)
      FROM delivery AS d INDEXED BY delivery_stream JOIN delivery_payload AS p ON p.delivery = d.number
      WHERE d.open = 1 AND d.number > ?1 AND (?2 IS NULL OR d.number = ?2) AND (?3 IS NULL OR d.destination = ?3)
        AND (?4 IS NULL OR d.dossier = ?4) AND (?5 IS NULL OR d.state = ?5) AND (?6 IS NULL OR d.failure = ?6)
        AND (?7 IS NULL OR d.type = ?7) AND (?8 IS NULL OR coalesce(d.note, '') = ?8)
      ORDER BY d.number LIMIT ?9
      """,
    heldOutputs: """
      SELECT d.number, m.id, d.destination, d.type
      FROM delivery AS d INDEXED BY delivery_stream JOIN message AS m ON m.number = d.message
        JOIN delivery_payload AS p ON p.delivery = d.number
      WHERE d.open = 1 AND d.state = 'held' AND d.number > ? AND length(p.bytes) = 0 ORDER BY d.number LIMIT ?
      """)
}
