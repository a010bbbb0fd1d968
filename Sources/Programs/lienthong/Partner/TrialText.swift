import Delivery
import DossierModel
import DossierStore
import HTTPKit

/// The steps of a trial as text: requests with `>`, answers with `<`, what they mean with `=`.
enum TrialText {
  /// The most bytes of a body that are shown.
  static let bodyLimit = 4_096

  static func print(_ step: TrialStep) {
    switch step {
    case .sent(let request):
      let what = request.variant.isEmpty ? request.purpose.rawValue : "\(request.purpose.rawValue), \(request.variant)"
      Terminal.print("\n> \(request.method) \(request.url)   (\(what))")
      for header in request.headers { Terminal.print("> \(header.name): \(header.value)") }
      show(request.body, mark: ">")
    case .answered(let answer):
      Terminal.print("< HTTP \(answer.status)" + (answer.contentType.map { ", \($0)" } ?? ""))
      if let body = answer.body { show(body, mark: "<") } else { Terminal.print("< (not shown: it holds the token)") }
      Terminal.print("= \(answer.reading)")
    case .failed(let kind): Terminal.print("= no answer: \(kind.rawValue) (\(words(for: kind)))")
    case .ended(let outcome): Terminal.print("\n\(words(for: outcome))")
    case .found(let items):
      for item in items {
        Terminal.print("\n* \(shown(item.name)): \(item.bytes.count) bytes, would go down the line")
        show(item.bytes, mark: "*")
      }
    case .withheld(let request):
      Terminal.print(
        "~ \(request.method) \(shown(request.url))   (would be sent now, and is not: nothing was taken in)")
    case .polled(let trial):
      for item in trial.unusable { Terminal.print("! \(shown(item.name)) would be kept: \(item.note)") }
      Terminal.print("\n\(words(for: trial))")
    case .lookedUp(let result): Terminal.print("\n\(words(for: result))")
    }
  }

  private static func words(for kind: HTTPClientFailure.Kind) -> String {
    switch kind {
    case .resolve: "the host's name has no address"
    case .connect: "nobody takes connections at this address; is it running, and does a firewall let us through?"
    case .tls: "the certificate is of another authority, host or time, or TLS is not spoken there; see --authorities"
    case .timeoutBeforeSend: "no connection in time; nothing was sent"
    case .timeoutAfterSend: "the request is there, and nothing came back in time; see --timeout"
    case .brokenAfterSend: "the connection broke after the request was sent"
    case .tooLarge: "the answer is larger than the limit"
    case .protocolError: "what came back is no HTTP"
    case .cancelled: "it was cancelled"
    case .invalidRequest: "the request cannot be sent as it stands"
    case .overloaded: "too much waits here already"
    }
  }

  private static func show(_ body: [UInt8], mark: String) {
    guard !body.isEmpty else { return }
    Terminal.print(mark)
    let text = String(decoding: body.prefix(bodyLimit), as: UTF8.self)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      Terminal.print("\(mark) " + shown(line))
    }
    if body.count > bodyLimit { Terminal.print("\(mark) … \(body.count - bodyLimit) more bytes") }
  }

  /// What the partner answers may hold what a terminal obeys.
  private static func shown(_ text: some StringProtocol) -> String {
    String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) })
  }

  private static func words(for trial: PollTrial) -> String {
    let items = trial.found == 1 ? "1 item" : "\(trial.found) items"
    return switch trial.end {
    case .failed(let failure, note: let note): "The poll fails (\(failure.rawValue)): \(note)."
    case .done, .broken: "\(items), and nothing after them. Nothing was taken in."
    case nil: "\(items), and the gateway would go on. Nothing was taken in."
    }
  }

  private static func words(for result: LookupResult) -> String {
    switch result {
    case .found: "The partner answers."
    case .notFound: "The partner says that it has nothing of the kind."
    case .refused: "The partner refuses the question."
    case .unavailable(let reason): "No answer that says anything (\(reason.rawValue))."
    case .busy: "Too many questions are under way."
    }
  }

  private static func words(for outcome: DeliveryOutcome) -> String {
    switch outcome {
    case .accepted(alreadyThere: false): "The partner has the message."
    case .accepted(alreadyThere: true): "The partner says that it had the message before."
    case .refused: "The partner refuses the message."
    case .postponed(let failure, _): "Not delivered (\(failure.rawValue)); the gateway would try again later."
    case .answerMissing(let failure), .leftUnknown(let failure, _):
      "Whether the partner has the message is unknown (\(failure.rawValue)); the gateway would ask or send it again."
    }
  }
}
