import ServiceKit

/// Decides which report goes out when: in order within a dossier, side by side across dossiers, again and again until
/// the gateway takes it.
///
/// A pure machine: time and answers come in, reports to send go out. A report that waits holds up its own dossier only.
struct OutboxMachine: Sendable {
  enum Verdict: Sendable, Equatable {
    case accepted
    /// The gateway could not take it now.
    case deferred
    /// The gateway will never take it: it is put aside, and the dossier's next one goes on.
    case refused
  }

  /// What became of a dossier's reports so far.
  struct Counts: Sendable, Equatable {
    var waiting = 0
    var accepted = 0
    /// Of those accepted, the ones with a result.
    var results = 0
    var refused = 0
  }

  private struct Lane: Sendable {
    var messages: [OutboxMessage] = []
    var isUnderWay = false
    var attempts = 0
    var dueAt = MonotonicInstant(nanoseconds: .min)
    var counts = Counts()
  }

  private var lanes: [String: Lane] = [:]
  /// The dossiers with something to report, in the order in which they came.
  private var order: [String] = []
  private var underWay = 0
  private let window: Int
  private let retryMinimum: Duration
  private let retryMaximum: Duration

  init(window: Int, retryMinimum: Duration, retryMaximum: Duration) {
    precondition(window >= 1 && retryMinimum > .zero && retryMaximum >= retryMinimum)
    self.window = window
    self.retryMinimum = retryMinimum
    self.retryMaximum = retryMaximum
  }

  mutating func put(_ message: OutboxMessage) {
    if lanes[message.dossier]?.messages.isEmpty ?? true { order.append(message.dossier) }
    lanes[message.dossier, default: Lane()].messages.append(message)
    lanes[message.dossier]?.counts.waiting += 1
  }

  /// The reports to send now, each with the number of its attempt.
  mutating func takeDue(now: MonotonicInstant) -> [(message: OutboxMessage, attempt: Int)] {
    var due: [(message: OutboxMessage, attempt: Int)] = []
    for dossier in order where underWay < window {
      guard var lane = lanes[dossier], let message = lane.messages.first, !lane.isUnderWay, lane.dueAt <= now else {
        continue
      }
      lane.isUnderWay = true
      lane.attempts += 1
      underWay += 1
      due.append((message, lane.attempts))
      lanes[dossier] = lane
    }
    return due
  }

  /// Takes the answer to a report that was sent; the wait before its next attempt, where there is one.
  @discardableResult
  mutating func settle(_ message: OutboxMessage, _ verdict: Verdict, now: MonotonicInstant) -> Duration? {
    guard var lane = lanes[message.dossier], lane.isUnderWay, lane.messages.first == message else {
      preconditionFailure("an answer belongs to the report that is under way")
    }
    lane.isUnderWay = false
    underWay -= 1
    defer { lanes[message.dossier] = lane }
    guard verdict == .deferred else {
      lane.messages.removeFirst()
      if lane.messages.isEmpty { order.removeAll { $0 == message.dossier } }
      lane.attempts = 0
      lane.dueAt = now
      lane.counts.waiting -= 1
      switch verdict {
      case .accepted:
        lane.counts.accepted += 1
        if message.kind == .result { lane.counts.results += 1 }
      case .refused, .deferred: lane.counts.refused += 1
      }
      return nil
    }
    var wait = retryMinimum
    for _ in 1..<lane.attempts where wait < retryMaximum { wait *= 2 }
    wait = min(wait, retryMaximum)
    lane.dueAt = now + wait
    return wait
  }

  /// When the next report becomes due; nil while none waits for a time.
  var nextDue: MonotonicInstant? {
    guard underWay < window else { return nil }
    return order.compactMap { lanes[$0] }.filter { !$0.isUnderWay }.map(\.dueAt).min()
  }

  func counts(of dossier: String) -> Counts { lanes[dossier]?.counts ?? Counts() }
}
