import DossierModel
import SQLKit
import ServiceKit

extension StoreTransaction {
  /// A word of progress takes the place of the last one before it, if that waits and was never tried: of the same sender and in
  /// the same tongue, plain like itself, and not owed by a procedure. Whatever stands between the two, such as a dossier or a result, keeps both.
  func supersede(
    before number: Int64, in stream: DeliveryStream, _ record: MessageRecord, _ delivery: NewDelivery
  ) throws(SQLError) {
    let last = try database.prepare(
      """
      SELECT d.number, d.type, d.attempts, m.sender, coalesce(m.marks, 0), o.delivery FROM delivery AS d
        JOIN message AS m ON m.number = d.message LEFT JOIN procedure_output AS o ON o.delivery = d.number
      WHERE d.destination = ? AND d.dossier = ? AND d.open = 1 ORDER BY d.number DESC LIMIT 1
      """)
    try last.bind(.text(stream.destination.text), .text(stream.dossier.text))
    guard try last.step() else { return last.reset() }
    let id = DeliveryID(last.integer(0))
    let isAlike =
      last.text(1) == delivery.type && last.integer(2) == 0 && last.text(3) == record.envelope.sender.text
      && ServiceMarks(rawValue: Int(last.integer(4))).contains(.plainProgress) && last.isNull(5)
    last.reset()
    // A deliverer or its agency may take it at this moment: what it says then counts.
    guard isAlike, let move = try lookup.heldDelivery(id)?.moves.superseded() else { return }
    try write(
      move, at: record.envelope.receivedAt, actor: "gateway",
      note: "delivery \(number) of message \(record.envelope.id) tells what came after it")
  }
}
