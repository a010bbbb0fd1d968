/// How far a deadline is counted.
package struct DeadlineLimits: Sendable, Equatable {
  /// Days looked at for one deadline: twenty years and the pauses.
  package var days = 10_000
  /// Pauses of one dossier.
  package var pauses = 100
  /// Doubts kept with a deadline, the earliest first.
  package var doubts = 10

  package init() {}

  package static let standard = DeadlineLimits()
}
