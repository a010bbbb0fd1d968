package import ServiceKit

/// The token of one destination: a state machine without effects that lets one login run at a time.
///
/// Requests remember the generation of the token they were sent with. When many of them are refused together, the first
/// one drops the token and the others find that it is gone or renewed already.
package struct DestinationCredential: Sendable {
  package enum Need: Sendable, Equatable {
    /// Send with this token (empty where the partner wants none).
    case use(token: String, generation: Int)
    /// Log in; everybody else waits until `renewed` or `renewalFailed`.
    case renew
    case wait
  }

  private enum State: Sendable {
    case notNeeded
    case absent
    case renewing
    case held(token: String, until: MonotonicInstant?)
  }

  private var state: State
  private var generation = 0

  package init(isRenewable: Bool) { state = isRenewable ? .absent : .notNeeded }

  package var isRenewable: Bool {
    if case .notNeeded = state { false } else { true }
  }

  package mutating func need(at instant: MonotonicInstant) -> Need {
    switch state {
    case .notNeeded: return .use(token: "", generation: 0)
    case .renewing: return .wait
    case .held(let token, let until):
      if let until, instant >= until { break }
      return .use(token: token, generation: generation)
    case .absent: break
    }
    state = .renewing
    return .renew
  }

  package mutating func renewed(_ token: String, lifetime: Duration?, at instant: MonotonicInstant) {
    generation += 1
    state = .held(token: token, until: lifetime.map { instant + $0 })
  }

  package mutating func renewalFailed() { state = .absent }

  /// The partner does not take the token of this generation any more.
  package mutating func rejected(generation: Int) {
    guard case .held = state, generation == self.generation else { return }
    state = .absent
  }
}
