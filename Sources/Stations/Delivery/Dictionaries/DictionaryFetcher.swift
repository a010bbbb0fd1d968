package import Dictionaries
package import DossierModel
import DossierStore
import HTTPKit
package import ServiceKit
import ThreadKit

/// Fetches dictionaries of partners, one question at a time, on the thread of whoever asks.
///
/// It keeps nothing and decides nothing about what is fetched: a list comes out whole or not at all. The party's rate
/// counts its questions and logins with everything else that the party is asked, and its quiet hours are its caller's to look at.
package final class DictionaryFetcher: Sendable {
  package enum Outcome: Sendable, Equatable {
    case listed([ListedCode])
    /// The note names rules, status codes and limits, never the partner's words.
    case failed(FailureClass, note: String)
    /// `stop` was called.
    case stopped
  }

  private let transport: any PartnerTransport
  private let rates: RequestRates
  private let sessions: PartnerSessions
  private let visitor: SessionVisitor
  private let time: any TimeSource
  private let userAgent: String
  private let limits: DictionaryFetchLimits
  private let stopping = Latch()

  /// - Parameters:
  ///   - transport: for this fetcher alone; `stop` cancels all its requests.
  ///   - sessions: those of the parties, which are everybody's.
  package init(
    transport: any PartnerTransport, rates: RequestRates, sessions: PartnerSessions,
    time: any TimeSource = SystemTimeSource(), version: String, limits: DictionaryFetchLimits = .standard
  ) {
    self.transport = transport
    self.rates = rates
    self.sessions = sessions
    visitor = SessionVisitor(time: time)
    self.time = time
    userAgent = "lienthong/\(version)"
    self.limits = limits
  }

  /// Ends what is under way and everything later as stopped.
  package func stop() {
    stopping.set()
    visitor.stop()
    transport.cancelAll()
  }

  /// Holds the calling thread until the list is there, or it is known that it will not be.
  package func fetch(_ dictionary: DestinationDictionary, of destination: Destination) -> Outcome {
    var round = DictionaryRound(dictionary.dictionary, limits: limits)
    let reader = DictionaryAnswerReader(dictionary: dictionary.dictionary, limits: limits)
    let session = sessions[destination.party]
    var generation = 0
    var step = round.begin()
    while true {
      let values: PollValues
      switch step {
      case .done(let codes): return .listed(codes)
      case .failed(let failure, let note): return .failed(failure, note: note)
      case .ask(let asked): values = asked
      case .renew(let asked):
        guard let session else { return .failed(.authentication, note: "the partner does not let us in") }
        session.rejected(generation: generation)
        values = asked
      }
      let token: String
      switch visitor.token(of: session) {
      case .token(let given, let number): (token, generation) = (given, number)
      case .stopped: return .stopped
      case .failed(let login): return outcome(of: login)
      }
      guard waitForTurn(destination.party) else { return .stopped }
      let request = destination.request(
        of: dictionary.list, values, token: token, userAgent: userAgent, at: time.now())
      switch send(request) {
      case .failure(let failure):
        return stopping.isSet
          ? .stopped : .failed(DeliveryOutcome(failure).failureClass, note: "no answer: \(failure.kind.rawValue)")
      case .response(let answer, _):
        step = round.answered(reader.read(answer, dictionary.list.answers, now: time.now()))
      }
    }
  }

  private func outcome(of login: LoginOutcome) -> Outcome {
    guard !stopping.isSet else { return .stopped }
    switch login {
    case .renewed: preconditionFailure("a login that brought a token has not failed")
    case .refused(let reason): return .failed(.authentication, note: reason)
    case .unanswered(let failure):
      return .failed(
        DeliveryOutcome(failure).failureClass, note: "no answer to the login: \(failure.kind.rawValue)")
    }
  }

  /// Waits until the party's rate lets one more request through; false when it was stopped meanwhile.
  private func waitForTurn(_ party: PartyID) -> Bool {
    let now = time.monotonic()
    guard let turn = rates[party]?.book(at: now), turn > now else { return !stopping.isSet }
    return !stopping.wait(deadline: turn - now)
  }

  private func send(_ request: HTTPClientRequest) -> HTTPClientResult {
    let answer = Monitor<HTTPClientResult?>(nil)
    transport.send(request) { result in
      answer.withLock { $0 = result }
      answer.wakeAll()
    }
    guard let result = answer.wait({ $0 }) else { preconditionFailure("a wait without a deadline ends with a result") }
    return result
  }
}
