/// Asking about dossiers that the partner has and whose end it has not told, some at a time.
package struct AwaitedDossiers: Sendable, Equatable {
  /// Names of the `MessageType`s by which they went out.
  package var types: Set<String>
  /// Dossiers in one question.
  package var batch: Int
  /// Only of these procedures; empty for all.
  package var procedures: Set<String>
  /// Canonical statuses after which nothing more is awaited.
  package var ends: Set<String>
  /// A dossier that was delivered longer ago is given up.
  package var within: Duration

  /// Unless a profile says otherwise.
  static let usualEnds: Set<String> = ["notAccepted", "withdrawn", "stopped", "completed", "returned"]
}
