extension StoreTexts {
  // Rows that are handed out are locked: one that another gateway is just claiming is passed over, one that an agency is
  // just fetching through another gateway is waited for.
  static let postgreSQL = StoreTexts(
    // What was locked is what is handed out: joined once more, a row could be read as it was before another gateway
    // changed it.
    claimable: """
      SELECT w.number, w.state, m.id, w.type, w.dossier, length(p.bytes), w.attempts, w.created, m.traceparent, w.message,
        w.lane
      FROM (
        SELECT * FROM (
          SELECT 0 AS lane, urgency AS place, number, state, type, dossier, attempts, created, message FROM delivery
          WHERE destination = ?1 AND state = 'ready' AND bulk = 0 ORDER BY urgency, number LIMIT ?3
          FOR UPDATE SKIP LOCKED) AS single
        UNION ALL SELECT * FROM (
          SELECT 1, urgency, number, state, type, dossier, attempts, created, message FROM delivery
          WHERE destination = ?1 AND state = 'ready' AND bulk = 1 ORDER BY urgency, number LIMIT ?3
          FOR UPDATE SKIP LOCKED) AS bulk
        UNION ALL SELECT * FROM (
          SELECT 2, due, number, state, type, dossier, attempts, created, message FROM delivery
          WHERE destination = ?1 AND due <= ?2 AND state <> 'ready' ORDER BY due, number LIMIT ?3
          FOR UPDATE SKIP LOCKED) AS retry) AS w
      JOIN message AS m ON m.number = w.message JOIN delivery_payload AS p ON p.delivery = w.number
      ORDER BY w.lane, w.place, w.number
      """,
    inbox: """
      SELECT d.number, d.state, m.id, d.type, d.dossier, length(p.bytes), d.attempts, d.created, m.traceparent, d.message,
        0
      FROM (
        SELECT number FROM delivery
        WHERE destination = ? AND open = 1 AND state IN ('ready', 'awaitingReceipt') ORDER BY number + 0 LIMIT ?) AS w
      CROSS JOIN delivery AS d CROSS JOIN message AS m CROSS JOIN delivery_payload AS p
      WHERE d.number = w.number AND m.number = d.message AND p.delivery = d.number
        AND d.open = 1 AND d.state IN ('ready', 'awaitingReceipt')
      ORDER BY d.number
      FOR UPDATE OF d
      """,
    heldOutputs: """
      SELECT d.number, m.id, d.destination, d.type, d.note
      FROM delivery AS d JOIN message AS m ON m.number = d.message JOIN delivery_payload AS p ON p.delivery = d.number
      WHERE d.state IN ('held', 'dead') AND d.state = 'held' AND d.number > ? AND length(p.bytes) = 0
      ORDER BY d.number LIMIT ?
      """,
    namesIndexes: false)
}
