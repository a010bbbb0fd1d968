/// How large a procedure may be.
package enum ProcedureLimits {
  /// Steps of one procedure.
  package static let steps = 64
  /// Requests for a supplement that one step may allow.
  package static let supplements = 10
  /// Rows of a step's table of agencies.
  package static let agencies = 5_000
  /// Times that one step is carried out: first, after supplements and after returns.
  package static let rounds = 50
}
