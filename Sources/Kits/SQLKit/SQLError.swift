/// What went wrong in a database engine, told by a closed code, a sentence with the remedy, and the statement.
///
/// Bound values never appear: they are citizens' data. The statement's text is the project's own and does.
package struct SQLError: Error, Sendable, CustomStringConvertible {
  /// The closed list of what callers decide by.
  package enum Code: String, Sendable {
    /// The file cannot be opened or is no database.
    case cannotOpen
    /// Another connection holds the lock for longer than the busy limit.
    case busy
    /// The disk failed to read, write or sync. Nothing of the transaction may be taken as stored.
    case inputOutput
    /// The disk or the quota is full.
    case full
    /// The file is damaged.
    case corrupt
    /// The file or its folder may not be written.
    case readOnly
    /// A uniqueness, check, foreign-key or not-null rule of the schema was broken.
    case constraint
    /// The statement is wrong or misused: a defect of ours.
    case statement
    /// A migration on disk is newer than this program, or one that was applied has changed.
    case migration
    /// Anything else the engine reports.
    case other
  }

  package let code: Code
  /// The engine's own (extended) number, for the operator who looks it up at https://sqlite.org/rescode.html.
  package let engineCode: Int32
  package let message: String
  /// The statement's text, without bound values.
  package let statement: String?

  package init(code: Code, engineCode: Int32 = 0, message: String, statement: String? = nil) {
    self.code = code
    self.engineCode = engineCode
    self.message = message
    self.statement = statement
  }

  package var description: String {
    var lines = ["SQLError: \(code.rawValue)", "├─ Reason: \(message)"]
    if let statement { lines.append("├─ Statement: \(statement)") }
    lines.append("└─ Engine code: \(engineCode)")
    return lines.joined(separator: "\n")
  }
}
