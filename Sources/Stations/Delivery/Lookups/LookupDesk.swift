package import DossierModel
import HTTPKit
import JSONKit
package import ServiceKit
import Synchronization

/// Asks partners while the asker waits: each question is one request, with a login before it where the partner wants one.
///
/// Nothing is stored and nothing is tried again by itself: only a token that the partner dropped is renewed, once. Logins
/// are the desk's own, apart from those of deliveries; one runs at a time for each partner.
package final class LookupDesk: Sendable {
  private struct Desk {
    var credential: DestinationCredential
    var underWay = 0
    /// Questions that wait for the login under way.
    var waiting: [Question] = []
    /// After a login that was refused.
    var pausedUntil: MonotonicInstant?
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
  private let transport: any PartnerTransport
  private let time: any TimeSource
  private let userAgent: String
  private let limits: LookupLimits
  private let desks: Mutex<[PartyID: Desk]>

  /// - Parameters:
  ///   - rates: those of the destinations, where others send them requests too. A question that finds nothing free is turned
  ///     away: whoever waits for its answer knows best whether to ask again.
  ///   - transport: for this desk alone.
  ///   - version: told to partners as `User-Agent: lienthong/<version>`.
  package init(
    destinations: [Destination], rates: RequestRates? = nil, transport: any PartnerTransport,
    time: any TimeSource = SystemTimeSource(), version: String, limits: LookupLimits = .standard
  ) {
    let asked = destinations.filter { !$0.lookups.isEmpty }
    self.destinations = Dictionary(uniqueKeysWithValues: asked.map { ($0.party, $0) })
    self.rates = rates ?? RequestRates(asked)
    self.transport = transport
    self.time = time
    userAgent = "lienthong/\(version)"
    self.limits = limits
    desks = Mutex(
      Dictionary(
        uniqueKeysWithValues: asked.map {
          ($0.party, Desk(credential: DestinationCredential(isRenewable: $0.login != nil)))
        }))
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
    let isFull = desks.withLock { desks in
      let isFull = desks[party]!.underWay >= limits.underWay
      if !isFull { desks[party]!.underWay += 1 }
      return isFull
    }
    guard !isFull else { return then(.busy) }
    guard rates[party]?.take(at: time.monotonic()) ?? true else {
      desks.withLock { $0[party]!.underWay -= 1 }
      return then(.busy)
    }
    let finish: @Sendable (LookupResult) -> Void = { [self] result in
      desks.withLock { $0[party]!.underWay -= 1 }
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
  package func cancelAll() { transport.cancelAll() }

  // MARK: One question

  private func begin(_ question: Question) {
    let party = question.destination.party
    enum Step {
      case send(token: String, generation: Int)
      case logIn
      case wait
      case paused
    }
    let now = time.monotonic()
    let step: Step = desks.withLock { desks in
      if desks[party]!.credential.isRenewable, let until = desks[party]!.pausedUntil, now < until { return .paused }
      switch desks[party]!.credential.need(at: now) {
      case .use(let token, let generation): return .send(token: token, generation: generation)
      case .renew: return .logIn
      case .wait:
        desks[party]!.waiting.append(question)
        return .wait
      }
    }
    switch step {
    case .send(let token, let generation): send(question, token: token, generation: generation)
    case .logIn: logIn(for: question)
    case .wait: break
    case .paused: question.then(.unavailable(.login))
    }
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
    desks.withLock { $0[question.destination.party]!.credential.rejected(generation: generation) }
    rates[question.destination.party]?.count(at: time.monotonic())
    var again = question
    again.hasRenewed = true
    begin(again)
  }

  private func logIn(for question: Question) {
    let party = question.destination.party
    guard let login = question.destination.login else {
      preconditionFailure("only a destination with a login has a token to renew")
    }
    rates[party]?.count(at: time.monotonic())
    transport.send(question.destination.loginRequest(login, userAgent: userAgent)) { [self] result in
      let now = time.monotonic()
      var token: (text: String, lifetime: Duration?)?
      if case .response(let answer, _) = result, case .token(let text, let lifetime) = login.reader.read(answer) {
        token = (text, lifetime)
      }
      let waiting = desks.withLock { desks in
        if let token {
          desks[party]!.credential.renewed(token.text, lifetime: token.lifetime, at: now)
          desks[party]!.pausedUntil = nil
        } else {
          desks[party]!.credential.renewalFailed()
          desks[party]!.pausedUntil = now + limits.loginPause
        }
        defer { desks[party]!.waiting = [] }
        return desks[party]!.waiting
      }
      for question in [question] + waiting {
        if token == nil { question.then(.unavailable(.login)) } else { begin(question) }
      }
    }
  }

  static func reason(of failure: HTTPClientFailure) -> LookupResult.Reason {
    switch failure.kind {
    case .timeoutBeforeSend, .timeoutAfterSend: .timeout
    case .tooLarge, .protocolError: .unreadable
    default: .unreachable
    }
  }
}
