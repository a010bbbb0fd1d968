/// What went wrong in a database engine, told by a closed code, a sentence with the remedy, and the statement.
///
/// Bound values never appear: they are citizens' data. The statement's text is the project's own and does.
package struct SQLError: Error, Sendable, CustomStringConvertible {
  /// The closed list of what callers decide by.
  package enum Code: String, Sendable {
    /// The file cannot be opened or is no database; the server cannot be reached or refuses the login.
    case cannotOpen
    /// The server is set up so that a commit that returned may be lost or is not safe on the promised machines.
    case settings
    /// Another connection holds the lock for longer than the busy limit.
    case busy
    /// Two transactions stood in each other's way and this one was undone: carry it out again from its beginning.
    case conflict
    /// The connection to the server broke, or the server ended it, before a commit was asked for: nothing of the
    /// transaction is stored. The connection is of no further use.
    case connectionLost
    /// The connection broke after a commit was asked for and before its answer: whether it is stored is unknown.
    /// The connection is of no further use; doing the same again under the same key finds the truth.
    case commitUnknown
    /// The engine ended the statement because it ran for longer than its limit.
    case timedOut
    /// The disk failed to read, write or sync. Nothing of the transaction may be taken as stored.
    case inputOutput
    /// The disk or the quota is full.
    case full
    /// The file is damaged.
    case corrupt
    /// The file or its folder may not be written, or the server is a standby that follows another.
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
  /// The engine's own code, for the operator who looks it up: SQLite's extended number
  /// (https://sqlite.org/rescode.html) or PostgreSQL's SQLSTATE
  /// (https://www.postgresql.org/docs/15/errcodes-appendix.html). Empty where the engine gave none.
  package let engineCode: String
  package let message: String
  /// The statement's text, without bound values.
  package let statement: String?

  package init(code: Code, engineCode: String = "", message: String, statement: String? = nil) {
    self.code = code
    self.engineCode = engineCode
    self.message = message
    self.statement = statement
  }

  package var description: String {
    var branches = ["Reason: \(message)"]
    if let statement { branches.append("Statement: \(statement)") }
    if !engineCode.isEmpty { branches.append("Engine code: \(engineCode)") }
    let last = branches.count - 1
    let lines = branches.enumerated().map { ($0.offset == last ? "└─ " : "├─ ") + $0.element }
    return (["SQLError: \(code.rawValue)"] + lines).joined(separator: "\n")
  }
}
