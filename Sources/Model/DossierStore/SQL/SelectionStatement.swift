import DossierModel
import SQLKit

/// The question for the deliveries that an operator means, in order of creation.
///
/// It has only the conditions that the selection has, and each kind of selection goes by an index of its own: a million
/// may be queued, and the writer asks it while messages wait for their commit.
struct SelectionStatement {
  let sql: String
  let values: [SQLValue]

  /// The columns are number, state, message, destination, dossier and the length of the bytes to send.
  init(_ selection: DeliverySelection, limit: Int, _ texts: StoreTexts) {
    var conditions = [Self.isOpen(selection)]
    var values: [SQLValue] = []
    func add(_ condition: String, _ value: SQLValue) {
      conditions.append(condition)
      values.append(value)
    }
    if let after = selection.after { add("number > ?", .integer(after.number)) }
    if let delivery = selection.delivery { add("number = ?", .integer(delivery.number)) }
    if let destination = selection.destination { add("destination = ?", .text(destination.text)) }
    if let dossier = selection.dossier {
      add("message IN (SELECT m.number FROM message AS m WHERE m.dossier = ?)", .text(dossier.text))
    }
    if let state = selection.state { add("state = ?", .text(state.rawValue)) }
    if let failure = selection.failure { add("failure = ?", .text(failure.rawValue)) }
    if let type = selection.type { add("type = ?", .text(type)) }
    if let note = selection.note { add("coalesce(note, '') = ?", .text(note)) }
    // The first page is searched for among what is open. The others lie behind it, mostly close together, and are found
    // in passing through the table; a sum is no place in an index, so that the first page never is.
    let order = selection.after == nil ? "number + 0" : "number"
    self.values = values + [.integer(Int64(limit))]
    sql = """
      SELECT d.number, d.state, d.message, d.destination, d.dossier, length(p.bytes)
      FROM (
        SELECT number FROM delivery \(Self.way(to: selection, texts)) WHERE \(conditions.joined(separator: " AND "))
        ORDER BY \(order) LIMIT ?) AS meant
      CROSS JOIN delivery AS d CROSS JOIN delivery_payload AS p
      WHERE d.number = meant.number AND p.delivery = meant.number ORDER BY d.number
      """
  }

  /// That a delivery is open, in the words of the index that is to be gone by, so that both engines see that the index
  /// holds all of them; PostgreSQL without statistics would take what is open for few, and go by that.
  private static func isOpen(_ selection: DeliverySelection) -> String {
    if selection.dossier != nil { return "open + 0 = 1" }
    switch selection.state {
    case .held, .dead: return "state IN ('held', 'dead')"
    default: return "open = 1"
    }
  }

  private static func way(to selection: DeliverySelection, _ texts: StoreTexts) -> String {
    if selection.delivery != nil { return texts.byNumber }
    if selection.dossier != nil { return texts.by("delivery_message") }
    switch selection.state {
    case .held, .dead: return texts.by("delivery_stopped")
    default: return selection.after == nil ? texts.by("delivery_stream") : texts.byNumber
    }
  }
}
