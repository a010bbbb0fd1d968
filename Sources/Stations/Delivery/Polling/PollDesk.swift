import DossierStore
import ServiceKit

/// Everything the poller knows about one partner while it runs.
struct PollDesk {
  /// What of a round is under way.
  enum Request {
    case list
    case detail
    case acknowledgement
    case refusal
  }

  struct Running {
    let poll: DestinationPoll
    var round: PollRound
    /// The request that was made last, for another token.
    var request = Request.list
    var generation = 0
    /// Whether the end of a login will be told, which the round waits for.
    var isWaitingForLogin = false
    /// When the party's rate lets the request out that waits for it.
    var turn: MonotonicInstant?
    /// Whether the rate has counted the request that comes next.
    var isCounted = false
    var report: PollReport?
  }

  enum State {
    case idle
    /// The store is asked whether this poll may begin.
    case claiming(DestinationPoll)
    case running(Running)
  }

  let destination: Destination
  /// nil for a party that takes as many requests as come.
  let rate: RequestRate?
  var state = State.idle
  /// nil for a partner that wants no login.
  let session: PartnerSession?
  /// What was seen in the folders of its polls, by name.
  var looks: [String: FolderLook] = [:]
  /// When each poll may begin, as far as is known; by name.
  var dues: [String: Timestamp] = [:]

  init(_ destination: Destination, rate: RequestRate?, session: PartnerSession?) {
    self.destination = destination
    self.rate = rate
    self.session = session
  }

  /// The poll that has been due longest.
  func next(at now: Timestamp) -> DestinationPoll? {
    guard case .idle = state else { return nil }
    return destination.polls.filter { due(of: $0) <= now }.min { due(of: $0) < due(of: $1) }
  }

  /// When one of them may begin; nil while one is under way.
  var nextDue: Timestamp? {
    guard case .idle = state else { return nil }
    return destination.polls.map { due(of: $0) }.min()
  }

  /// When the rate lets a request out that waits for it.
  var turn: MonotonicInstant? {
    guard case .running(let running) = state else { return nil }
    return running.turn
  }

  private func due(of poll: DestinationPoll) -> Timestamp { dues[poll.name] ?? .latest }
}
