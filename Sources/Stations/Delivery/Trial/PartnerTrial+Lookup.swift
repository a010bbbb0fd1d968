package import HTTPKit
package import ServiceKit

extension PartnerTrial {
  /// The name of the first parameter that is missing, not known, or not what its pattern says; nil when all is well.
  package func complaint(about parameters: [String: String], of lookup: String) -> String? {
    destination.lookups[lookup].map { $0.complaint(about: parameters) } ?? ""
  }

  /// Asks the partner as the gateway would for somebody who waits: one request, with a login before it, and a token that the
  /// partner dropped renewed once.
  package func lookUp(
    _ name: String, _ parameters: [String: String], userAgent: String, now: Timestamp,
    send: (HTTPClientRequest) -> HTTPClientResult, hear: (TrialStep) -> Void
  ) -> LookupResult {
    guard let lookup = destination.lookups[name], let visible = shown.lookups[name] else {
      preconditionFailure("a trial is made of a lookup that the profile has")
    }
    func end(_ result: LookupResult) -> LookupResult {
      hear(.lookedUp(result))
      return result
    }
    var token: String? = destination.login == nil ? "" : nil
    var hasRenewed = false
    while true {
      guard let current = token else {
        guard case .success(let renewed) = logIn(userAgent: userAgent, send: send, hear: hear) else {
          return end(.unavailable(.login))
        }
        token = renewed
        continue
      }
      hear(
        .sent(
          Self.step(
            shown.request(asking: visible, parameters, token: Self.hidden, userAgent: userAgent), .lookup, variant: ""))
      )
      switch send(destination.request(asking: lookup, parameters, token: current, userAgent: userAgent)) {
      case .failure(let failure):
        hear(.failed(failure.kind))
        return end(.unavailable(LookupDesk.reason(of: failure)))
      case .response(let answer, _):
        let reading = lookup.answers.read(answer, now: now)
        hear(.answered(self.answer(answer, reading: reading.note, token: current)))
        if let result = LookupResult(reading.verdict, answer.body) { return end(result) }
        guard destination.login != nil, !hasRenewed else { return end(.unavailable(.login)) }
        hasRenewed = true
        token = nil
      }
    }
  }
}
