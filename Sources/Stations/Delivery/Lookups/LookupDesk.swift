package import DossierModel
import HTTPKit
import JSONKit
package import ServiceKit
import Synchronization

/// Asks partners while the asker waits: each question is one request, with a login before it where the partner wants one.
///
/// Nothing is stored and nothing is tried again by itself: only a token that the partner dropped is renewed, once, in the
/// session that deliveries go by too.
package final class LookupDesk: Sendable {
  private struct State {
    /// Questions to each partner that have no answer yet.
    var underWay: [PartyID: Int] = [:]
    /// Those that wait for a login.
    var waiting: [Int: Question] = [:]
    var lastWait = 0
  }

  private struct Question: Sendable {
    let destination: Destination
    let lookup: DestinationLookup
    let parameters: [String: String]
    var hasRenewed = false
    let then: @Sendable (LookupResult) -> Void
  }

  private let destinations: [PartyID: Destination]
  private let rates: RequestRates
  private let sessions: PartnerSessions
  private let transport: any PartnerTransport
  private let time: any TimeSource
  private let userAgent: String
  private let limits: LookupLimits
  private let state = Mutex(State())

  /// - Parameters:
  ///   - rates: those of the destinations, where others send them requests too. A question that finds nothing free is turned
  ///     away: whoever waits for its answer knows best whether to ask again.
  ///   - sessions: those of the destinations, where others speak to them too.
  ///   - transport: for this desk, and for logins where no sessions are given.
  ///   - version: told to partners as `User-Agent: lienthong/<version>`.
  package init(
    destinations: [Destination], rates: RequestRates? = nil, sessions: PartnerSessions? = nil,
    transport: any PartnerTransport, time: any TimeSource = SystemTimeSource(), version: String,
    limits: LookupLimits = .standard
  ) {
    let asked = destinations.filter { !$0.lookups.isEmpty }
    self.destinations = Dictionary(uniqueKeysWithValues: asked.map { ($0.party, $0) })
    let rates = rates ?? RequestRates(asked)
    self.rates = rates
    self.sessions =
      sessions ?? PartnerSessions(asked, rates: rates, transport: transport, time: time, version: version)
    self.transport = transport
    self.time = time
    userAgent = "lienthong/\(version)"
    self.limits = limits
  }

  /// Asks; `then` is called once, on any thread. A lookup that the party's profile has not, and parameters that were not
  /// checked by `complaint`, are a defect of the caller and trap.
  package func ask(
    _ party: PartyID, _ name: String, _ parameters: [String: String],
    then: @escaping @Sendable (LookupResult) -> Void
  ) {
    guard let destination = destinations[party], let lookup = destination.lookups[name] else {
      preconditionFailure("a lookup is asked of a party whose profile has it")
    }
    precondition(
      complaint(about: parameters, of: party, name) == nil, "parameters are checked before they are asked with")
    let isFull = state.withLock { state in
      let isFull = state.underWay[party, default: 0] >= limits.underWay
      if !isFull { state.underWay[party, default: 0] += 1 }
      return isFull
    }
    guard !isFull else { return then(.busy) }
    guard rates[party]?.take(at: time.monotonic()) ?? true else {
      state.withLock { $0.underWay[party, default: 0] -= 1 }
      return then(.busy)
    }
    let finish: @Sendable (LookupResult) -> Void = { [self] result in
      state.withLock { $0.underWay[party, default: 0] -= 1 }
      then(result)
    }
    begin(Question(destination: destination, lookup: lookup, parameters: parameters, then: finish))
  }

  /// The name of the first parameter that is missing, not known, or not what its pattern says; nil when all is well.
  package func complaint(about parameters: [String: String], of party: PartyID, _ name: String) -> String? {
    guard let lookup = destinations[party]?.lookups[name] else { return "" }
    return lookup.complaint(about: parameters)
  }

  /// Ends every question as unreachable.
  package func cancelAll() {
    transport.cancelAll()
    let waiting = state.withLock { state in
      defer { state.waiting = [:] }
      return state.waiting
    }
    for question in waiting.values { question.then(.unavailable(.unreachable)) }
  }

  // MARK: One question

  private func begin(_ question: Question) {
    guard let session = sessions[question.destination.party] else { return send(question, token: "", generation: 0) }
    let now = time.monotonic()
    guard !session.hasFailed(within: limits.loginPause, of: now) else { return question.then(.unavailable(.login)) }
    let wait = state.withLock { state in
      state.lastWait += 1
      state.waiting[state.lastWait] = question
      return state.lastWait
    }
    let need = session.need(at: now) { [self] outcome in
      // It is gone when everything was cancelled meanwhile.
      guard let question = state.withLock({ $0.waiting.removeValue(forKey: wait) }) else { return }
      if case .renewed = outcome { begin(question) } else { question.then(.unavailable(.login)) }
    }
    guard case .use(let token, let generation) = need,
      let question = state.withLock({ $0.waiting.removeValue(forKey: wait) })
    else { return }
    send(question, token: token, generation: generation)
  }

  private func send(_ question: Question, token: String, generation: Int) {
    let request = question.destination.request(
      asking: question.lookup, question.parameters, token: token, userAgent: userAgent)
    transport.send(request) { [self] result in
      switch result {
      case .failure(let failure): question.then(.unavailable(Self.reason(of: failure)))
      case .response(let answer, _): read(answer, question, generation: generation)
      }
    }
  }

  private func read(_ answer: HTTPResponse, _ question: Question, generation: Int) {
    let verdict = question.lookup.answers.read(answer, now: time.now()).verdict
    if let result = LookupResult(verdict, answer.body) { return question.then(result) }
    guard question.destination.login != nil, !question.hasRenewed else { return question.then(.unavailable(.login)) }
    sessions[question.destination.party]?.rejected(generation: generation)
    rates[question.destination.party]?.count(at: time.monotonic())
    var again = question
    again.hasRenewed = true
    begin(again)
  }

  static func reason(of failure: HTTPClientFailure) -> LookupResult.Reason {
    switch failure.kind {
    case .timeoutBeforeSend, .timeoutAfterSend: .timeout
    case .tooLarge, .protocolError: .unreadable
    default: .unreachable
    }
  }
}
