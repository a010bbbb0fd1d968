extension StoreTexts {
  // Named indexes where SQLite, which keeps no statistics here, would go through the whole table.
  static let sqlite = StoreTexts(
    claimable: """
      SELECT d.number, d.state, m.id, d.type, d.dossier, length(p.bytes), d.attempts, d.created, m.traceparent, d.message,
        w.lane
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
      SELECT d.number, d.state, m.id, d.type, d.dossier, length(p.bytes), d.attempts, d.created, m.traceparent, d.message,
        0
      FROM (
        SELECT number FROM delivery INDEXED BY delivery_stream
        WHERE destination = ? AND open = 1 AND state IN ('ready', 'awaitingReceipt') ORDER BY number LIMIT ?) AS w
      CROSS JOIN delivery AS d ON d.number = w.number CROSS JOIN message AS m ON m.number = d.message
      CROSS JOIN delivery_payload AS p ON p.delivery = d.number ORDER BY d.number
      """,
    heldOutputs: """
      SELECT d.number, m.id, d.destination, d.type, d.note
      FROM delivery AS d INDEXED BY delivery_stopped JOIN message AS m ON m.number = d.message
        JOIN delivery_payload AS p ON p.delivery = d.number
      WHERE d.state IN ('held', 'dead') AND d.state = 'held' AND d.number > ? AND length(p.bytes) = 0
      ORDER BY d.number LIMIT ?
      """,
    namesIndexes: true)
}
