/// What a held delivery gets.
package enum Supply: Sendable, Equatable {
  /// The final bytes. `files`: what they name, by their SHA-256 in hexadecimal. `type`: name of the `MessageType` in which a
  /// procedure's output is written; nil for what was meant for one type when it was held. `note`: what their translation cut or
  /// filled in, for the journal.
  case bytes([UInt8], files: [String], type: String?, note: String?)
  /// There is nothing to say to this recipient: the delivery is cancelled, with the reason.
  case nothing(reason: String)
  /// It cannot be written, and stays held; the reason stands where an operator looks. What is told again is written once.
  case unwritten(reason: String)

  /// The line in the journal.
  var journalNote: String {
    switch self {
    case .bytes(_, _, nil, let note): "translated with the tables as they are now" + (note.map { "; \($0)" } ?? "")
    case .bytes(_, _, .some(let type), let note): "written as \(type)" + (note.map { "; \($0)" } ?? "")
    case .nothing(let reason), .unwritten(let reason): reason
    }
  }
}
