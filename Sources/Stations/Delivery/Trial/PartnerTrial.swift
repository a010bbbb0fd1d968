package import DossierModel
package import DossierStore
package import HTTPKit
package import ServiceKit
import ThreadKit

/// One exchange with a partner in the open, step by step: what an engineer sees before the first message is routed there.
///
/// It makes the requests that the deliverer would make and reads the answers as it would; nothing is stored, nothing is
/// tried again later. What it shows was made a second time with every secret and token replaced; in answers they are
/// blotted out.
package struct PartnerTrial: Sendable {
  /// What stands in the place of a secret.
  package static let hidden = "hidden"

  let destination: Destination
  let shown: Destination
  private let secrets: [String]

  package init(
    _ profile: PartnerProfile, address: String, secrets: [String: Secret], values: [String: String],
    timeouts: HTTPClientTimeouts, tls: ClientTLS?, polls: [String: Duration?] = [:]
  ) throws(DestinationError) {
    let party = PartyID("trial")
    destination = try Destination(
      party: party, profile: profile, address: address, secrets: secrets, values: values, timeouts: timeouts, tls: tls,
      polls: polls)
    shown = try Destination(
      party: party, profile: profile, address: address, secrets: secrets.mapValues { _ in Self.blot }, values: values,
      timeouts: timeouts, tls: tls, polls: polls)
    self.secrets = secrets.values.compactMap { $0.text() }
  }

  private static var blot: Secret {
    Array(hidden.utf8).withUnsafeBytes { Secret(copying: $0) }
  }

  /// Whether the profile has an operation for messages of this type.
  package func takes(_ type: String) -> Bool { destination.operations[type] != nil }

  /// Sends one request of the trial, to a folder as well, and holds the calling thread until there is an answer.
  package func sendBlocking(_ request: HTTPClientRequest, by client: HTTPClient) -> HTTPClientResult {
    guard destination.folder != nil else { return client.sendBlocking(request) }
    let roads = PartnerRoads(http: client, destinations: [destination])
    let answer = Monitor<HTTPClientResult?>(nil)
    roads.send(request) { result in
      answer.withLock { $0 = result }
      answer.wakeAll()
    }
    guard let result = answer.wait({ $0 }) else { preconditionFailure("a wait without a deadline ends with a result") }
    return result
  }

  /// Makes the exchange; `send` holds until there is an answer. The outcome is also the last step.
  package func run(
    _ delivery: ClaimedDelivery, userAgent: String, now: Timestamp,
    send: (HTTPClientRequest) -> HTTPClientResult, hear: (TrialStep) -> Void
  ) -> DeliveryOutcome {
    guard let operation = destination.operations[delivery.type], let shownOperation = shown.operations[delivery.type]
    else { preconditionFailure("a trial is made for a message that the profile takes") }
    var attempt = DeliveryAttempt(
      delivery, variants: operation.variants.map(\.name), hasToken: destination.login != nil)
    var token: String? = destination.login == nil ? "" : nil
    func end(_ outcome: DeliveryOutcome) -> DeliveryOutcome {
      hear(.ended(outcome))
      return outcome
    }
    while true {
      guard let current = token else {
        switch logIn(userAgent: userAgent, send: send, hear: hear) {
        case .success(let renewed): token = renewed
        case .failure(let failed): return end(failed.outcome)
        }
        continue
      }
      let name = operation.variants[attempt.variant].name
      let request = destination.request(
        for: delivery, operation: operation, variant: attempt.variant, token: current, userAgent: userAgent, span: 0,
        at: now)
      let visible = shown.request(
        for: delivery, operation: shownOperation, variant: attempt.variant, token: Self.hidden, userAgent: userAgent,
        span: 0, at: now)
      hear(.sent(Self.step(visible, .message, variant: name)))
      switch send(request) {
      case .failure(let failure):
        hear(.failed(failure.kind))
        return end(DeliveryOutcome(failure))
      case .response(let answer, _):
        let reading = operation.answers.read(answer, variantsLeft: attempt.variantsLeft, now: now)
        hear(.answered(self.answer(answer, reading: reading.note, token: current)))
        switch attempt.answered(reading.verdict) {
        case .settle(let outcome): return end(outcome)
        case .resend: break
        case .renewAndResend: token = nil
        }
      }
    }
  }

  struct LoginFailure: Error {
    let outcome: DeliveryOutcome
  }

  func logIn(
    userAgent: String, send: (HTTPClientRequest) -> HTTPClientResult, hear: (TrialStep) -> Void
  ) -> Result<String, LoginFailure> {
    guard let login = destination.login, let shownLogin = shown.login else {
      preconditionFailure("only a destination with a login is without a token")
    }
    hear(.sent(Self.step(shown.loginRequest(shownLogin, userAgent: userAgent), .login, variant: "")))
    switch send(destination.loginRequest(login, userAgent: userAgent)) {
    case .failure(let failure):
      hear(.failed(failure.kind))
      return .failure(LoginFailure(outcome: DeliveryOutcome(loginFailure: failure)))
    case .response(let answer, _):
      switch login.reader.read(answer) {
      case .token(let token, _):
        hear(.answered(self.answer(answer, reading: "the login gave a token", token: token, isLogin: true)))
        return .success(token)
      case .failed(let reason):
        hear(.answered(self.answer(answer, reading: reason, token: "")))
        return .failure(LoginFailure(outcome: .postponed(.authentication, notBefore: nil)))
      }
    }
  }

  static func step(_ request: HTTPClientRequest, _ purpose: TrialStep.Purpose, variant: String)
    -> TrialStep.Request
  {
    TrialStep.Request(
      purpose: purpose, variant: variant, method: request.method.rawValue, url: request.url,
      headers: request.headers.all, body: request.body)
  }

  func answer(_ answer: HTTPResponse, reading: String, token: String, isLogin: Bool = false)
    -> TrialStep.Answer
  {
    // The longest first: what is a part of another would leave the rest of that one behind.
    let blotted = ([token] + secrets).filter { !$0.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }
      .reduce(answer.body) { $0.replacing(Array($1.utf8), with: Self.hidden.utf8) }
    // A login's answer holds the token; where its letters are not found as they are (written with escapes), all is hidden.
    let isTokenFound = token.isEmpty || answer.body.contains(Array(token.utf8))
    let body = isLogin && !isTokenFound ? nil : blotted
    return TrialStep.Answer(
      status: answer.status, contentType: answer.headers["Content-Type"], body: body, reading: reading)
  }
}
