extension StoreTexts {
  // Rows that are handed out are locked: one that another gateway is just claiming is passed over, one that an agency is
  // just fetching through another gateway is waited for.
  static let postgreSQL = StoreTexts(
    // What was locked is what is handed out: joined once more, a row could be read as it was before another gateway
    // changed it.
    claimable: """
      SELECT w.number, w.state, m.id, w.type, w.dossier, p.bytes, w.attempts, w.created, m.traceparent, w.message, w.lane
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
      SELECT d.number, d.state, m.id, d.type, d.dossier, p.bytes, d.attempts, d.created, m.traceparent, d.message,
        0
      FROM delivery AS d JOIN message AS m ON m.number = d.message JOIN delivery_payload AS p ON p.delivery = d.number
      WHERE d.destination = ? AND d.open = 1 AND d.state IN ('ready', 'awaitingReceipt') ORDER BY d.number LIMIT ?
      FOR UPDATE OF d
      """,
    selection: """
      SELECT d.number, d.state, d.message, d.destination, d.dossier, length(p.bytes)
      FROM delivery AS d JOIN delivery_payload AS p ON p.delivery = d.number
      WHERE d.open = 1 AND d.number > ?1 AND (CAST(?2 AS BIGINT) IS NULL OR d.number = ?2)
        AND (CAST(?3 AS TEXT) IS NULL OR d.destination = ?3) AND (CAST(?4 AS TEXT) IS NULL OR d.dossier = ?4)
        AND (CAST(?5 AS TEXT) IS NULL OR d.state = ?5) AND (CAST(?6 AS TEXT) IS NULL OR d.failure = ?6)
        AND (CAST(?7 AS TEXT) IS NULL OR d.type = ?7) AND (CAST(?8 AS TEXT) IS NULL OR coalesce(d.note, '') = ?8)
      ORDER BY d.number LIMIT ?9
      """,
    heldOutputs: """
      SELECT d.number, m.id, d.destination, d.type
      FROM delivery AS d JOIN message AS m ON m.number = d.message JOIN delivery_payload AS p ON p.delivery = d.number
      WHERE d.open = 1 AND d.state = 'held' AND d.number > ? AND length(p.bytes) = 0 ORDER BY d.number LIMIT ?
      """)
}
