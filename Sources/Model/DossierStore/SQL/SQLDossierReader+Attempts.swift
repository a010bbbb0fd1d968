import CryptographyKit
package import DossierModel
import SQLKit

extension SQLDossierReader {
  package func attempts(of id: MessageID) throws(StoreError) -> [StoredAttempt] {
    try readers.read { database throws(SQLError) in
      let rows = try database.prepare(
        """
        SELECT a.delivery, d.destination, a.ordinal, a.started, a.ended, a.outcome, a.failure, a.status,
          coalesce(length(a.answer), 0)
        FROM message AS m JOIN delivery AS d ON d.message = m.number JOIN attempt AS a ON a.delivery = d.number
        WHERE m.id = ? ORDER BY a.delivery, a.ordinal
        """)
      defer { rows.reset() }
      try rows.bind(.blob(id.uuid.bytes))
      var attempts: [StoredAttempt] = []
      while try rows.step() {
        guard let event = DeliveryEvent(rawValue: rows.text(5)) else {
          preconditionFailure("only the store writes events")
        }
        attempts.append(
          StoredAttempt(
            delivery: DeliveryID(rows.integer(0)), destination: PartyID(rows.text(1)), ordinal: Int(rows.integer(2)),
            startedAt: rows.timestamp(3), endedAt: rows.timestamp(4), event: event,
            failure: rows.optionalText(6).flatMap(FailureClass.init(rawValue:)),
            status: rows.optionalInteger(7).map { Int($0) }, answerBytes: Int(rows.integer(8))))
      }
      return attempts
    }
  }

  package func answer(to attempt: Int, of delivery: DeliveryID, in id: MessageID) throws(StoreError) -> [UInt8]? {
    try readers.read { database throws(SQLError) in
      let row = try database.prepare(
        """
        SELECT a.answer
        FROM message AS m JOIN delivery AS d ON d.message = m.number JOIN attempt AS a ON a.delivery = d.number
        WHERE m.id = ? AND d.number = ? AND a.ordinal = ?
        """)
      defer { row.reset() }
      try row.bind(.blob(id.uuid.bytes), .integer(delivery.number), .integer(Int64(attempt)))
      return try row.step() ? row.optionalBlob(0) ?? [] : nil
    }
  }

  package func payload(of delivery: DeliveryID, in id: MessageID) throws(StoreError) -> [UInt8]? {
    try readers.read { database throws(SQLError) in
      let row = try database.prepare(
        """
        SELECT p.bytes
        FROM message AS m JOIN delivery AS d ON d.message = m.number JOIN delivery_payload AS p ON p.delivery = d.number
        WHERE m.id = ? AND d.number = ? AND m.pruned IS NULL
        """)
      defer { row.reset() }
      try row.bind(.blob(id.uuid.bytes), .integer(delivery.number))
      return try row.step() ? row.blob(0) : nil
    }
  }
}
