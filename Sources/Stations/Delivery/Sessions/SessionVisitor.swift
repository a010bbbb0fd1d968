import ServiceKit
import ThreadKit

/// Gets tokens for those who hold a thread while they speak to a partner.
final class SessionVisitor: Sendable {
  enum Answer: Sendable {
    case token(String, generation: Int)
    case failed(LoginOutcome)
    /// `stop` was called.
    case stopped
  }

  private struct State {
    var isStopped = false
    var lastVisit = 0
    /// Ends of logins that are waited for.
    var ends: [Int: LoginOutcome] = [:]
  }

  private let state = Monitor(State())
  private let time: any TimeSource

  init(time: any TimeSource) { self.time = time }

  /// Holds the calling thread while a login is under way; an empty token where there is no session.
  func token(of session: PartnerSession?) -> Answer {
    guard let session else { return .token("", generation: 0) }
    while true {
      let visit = state.withLock { state in
        state.lastVisit += 1
        return state.lastVisit
      }
      let need = session.need(at: time.monotonic()) { [self] outcome in
        state.withLock { $0.ends[visit] = outcome }
        state.wakeAll()
      }
      if case .use(let token, let generation) = need { return .token(token, generation: generation) }
      let end = state.wait { state -> Answer? in
        if state.isStopped { return .stopped }
        return state.ends.removeValue(forKey: visit).map { .failed($0) }
      }
      // Another may have used the new token up by now.
      if case .failed(.renewed) = end { continue }
      return end ?? .stopped
    }
  }

  /// Ends every wait, now and later.
  func stop() {
    state.withLock { $0.isStopped = true }
    state.wakeAll()
  }
}
