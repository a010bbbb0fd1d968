/// What makes two messages of one sender the same message.
package struct MessageKey: Sendable, Equatable {
  package enum Scope: String, Sendable {
    /// The sender named it (`Idempotency-Key`) or the tongue does: the same key is the same message for ever.
    case always
    /// Only the bytes say so: the message equals the sender's latest message about the same dossier. An older equal
    /// message is history, not a duplicate: a status may go 4, 5 and 4 again.
    case latest
  }

  package var text: String
  package var scope: Scope

  package init(_ text: String, scope: Scope = .always) {
    self.text = text
    self.scope = scope
  }
}
