import HTTPKit
package import ServiceKit
import Synchronization

/// The session of this gateway with one party, for all that send it requests: one token, and one login at a time.
///
/// A partner that allows an account one session ends the older one with each login. Deliveries, polls, lookups, fetches and
/// uploads with logins of their own would put one another out in turns. Logins count against the party's rate. Any thread.
package final class PartnerSession: Sendable {
  package enum Need: Sendable, Equatable {
    /// Send with this token.
    case use(token: String, generation: Int)
    /// A login is under way; its end is told.
    case wait
  }

  private struct State {
    var credential = DestinationCredential(isRenewable: true)
    var waiting: [@Sendable (LoginOutcome) -> Void] = []
    /// Of the last login, unless it brought a token.
    var failedAt: MonotonicInstant?
  }

  private let destination: Destination
  private let login: DestinationLogin
  private let rate: RequestRate?
  private let transport: any PartnerTransport
  private let time: any TimeSource
  private let userAgent: String
  private let state = Mutex(State())

  /// nil for a destination without a login.
  init?(
    _ destination: Destination, rate: RequestRate?, transport: any PartnerTransport, time: any TimeSource,
    userAgent: String
  ) {
    guard let login = destination.login else { return nil }
    self.destination = destination
    self.login = login
    self.rate = rate
    self.transport = transport
    self.time = time
    self.userAgent = userAgent
  }

  /// The token, or a login, which begins unless one is under way. `then` is called once if and only if the need is to wait,
  /// perhaps before this returns, on any thread, and does not block.
  package func need(at instant: MonotonicInstant, then: @escaping @Sendable (LoginOutcome) -> Void) -> Need {
    let need = state.withLock { state in
      let need = state.credential.need(at: instant)
      if case .use = need { return need }
      state.waiting.append(then)
      return need
    }
    switch need {
    case .use(let token, let generation): return .use(token: token, generation: generation)
    case .wait: return .wait
    case .renew:
      logIn()
      return .wait
    }
  }

  /// The partner does not take the token of this generation any more.
  package func rejected(generation: Int) { state.withLock { $0.credential.rejected(generation: generation) } }

  /// Whether the last login failed, less than `pause` ago.
  package func hasFailed(within pause: Duration, of instant: MonotonicInstant) -> Bool {
    state.withLock { $0.failedAt.map { instant < $0 + pause } ?? false }
  }

  private func logIn() {
    rate?.count(at: time.monotonic())
    transport.send(destination.loginRequest(login, userAgent: userAgent)) { [self] result in
      let now = time.monotonic()
      switch result {
      case .failure(let failure): ended(.unanswered(failure), at: now) { $0.renewalFailed() }
      case .response(let answer, _):
        switch login.reader.read(answer) {
        case .failed(let reason): ended(.refused(reason), at: now) { $0.renewalFailed() }
        case .token(let token, let lifetime):
          ended(.renewed, at: now) { $0.renewed(token, lifetime: lifetime, at: now) }
        }
      }
    }
  }

  private func ended(
    _ outcome: LoginOutcome, at instant: MonotonicInstant, _ change: (inout DestinationCredential) -> Void
  ) {
    let waiting = state.withLock { state in
      change(&state.credential)
      if case .renewed = outcome { state.failedAt = nil } else { state.failedAt = instant }
      defer { state.waiting = [] }
      return state.waiting
    }
    for then in waiting { then(outcome) }
  }
}
