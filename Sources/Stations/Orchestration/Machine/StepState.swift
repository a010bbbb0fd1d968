/// Where a step of a procedure stands. The same words in SQL, JSON, CLI and manual.
package enum StepState: String, Sendable, CaseIterable {
  /// Steps before it have not ended.
  case waiting
  /// It could begin, and something is missing: a result of an earlier step, or the party that carries it out.
  case blocked
  /// Its agency has it.
  case active
  /// Its agency waits for a supplement of the citizen.
  case supplementing
  /// Its agency waits for a payment of the citizen.
  case paying
  case done
  /// Its agency did not answer in its time, which is consent.
  case consented
  /// Its agency did not answer in its time, and its opinion is gone without.
  case passed
  case refused
  /// It does not belong to this dossier.
  case skipped
  /// It was not begun or not finished, because the procedure ended or a step before it was refused.
  case abandoned

  /// Whether nothing more comes of it.
  package var isEnd: Bool {
    switch self {
    case .waiting, .blocked, .active, .supplementing, .paying: false
    case .done, .consented, .passed, .refused, .skipped, .abandoned: true
    }
  }

  /// Whether steps that need it done may begin.
  package var isFulfilled: Bool { self == .done || self == .consented }

  /// Whether its agency has the dossier.
  package var isWithAgency: Bool { self == .active || self == .supplementing || self == .paying }
}
