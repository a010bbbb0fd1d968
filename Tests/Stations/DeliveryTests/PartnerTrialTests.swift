import CryptographyKit
import Delivery
import DossierModel
import DossierStore
import HTTPKit
import ServiceKit
import Testing

@Suite("A trial exchange with a partner")
struct PartnerTrialTests {
  private static let session = """
    authentication:
        session:
          request: { path: /login, json: { user: "{secrets.user}", password: "{secrets.password}" } }
          token: token
      headers: { Authorization: "{session}" }
    """

  private static func profile() throws -> PartnerProfile {
    try SampleProfile.read(SampleProfile.replacing("authentication: none", with: session))
  }

  private static let timing = HTTPClientTiming(
    connected: .zero, firstByte: .zero, whole: .zero, isConnectionReused: false)

  private static func secret(_ text: String) -> Secret { Array(text.utf8).withUnsafeBytes { Secret(copying: $0) } }

  /// The texts of the steps, and what was really sent.
  private func run(_ answers: [(status: Int, body: String)], user: String = "ten-that") throws -> (
    steps: [TrialStep], sent: [HTTPClientRequest], outcome: DeliveryOutcome
  ) {
    let trial = try PartnerTrial(
      try Self.profile(), address: "http://127.0.0.1:1",
      secrets: ["user": Self.secret(user), "password": Self.secret("mat-khau-that")], values: [:],
      timeouts: .standard, tls: nil)
    let delivery = ClaimedDelivery(
      id: DeliveryID(1), epoch: 1, destination: PartyID("p"), message: MessageID(UUIDv7Generator().next()),
      type: "sample/record", dossier: DossierCode("H1"), payload: Array("{}".utf8), attempt: 1,
      createdAt: Timestamp(milliseconds: 0), traceparent: nil)
    var left = answers[...]
    var sent: [HTTPClientRequest] = []
    var steps: [TrialStep] = []
    let outcome = trial.run(delivery, userAgent: "t", now: Timestamp(milliseconds: 0)) { request in
      sent.append(request)
      guard let answer = left.popFirst() else {
        return .failure(HTTPClientFailure(kind: .connect, requestPossiblySent: false, message: ""))
      }
      return .response(HTTPResponse(status: answer.status, body: Array(answer.body.utf8)), Self.timing)
    } hear: {
      steps.append($0)
    }
    return (steps, sent, outcome)
  }

  private func text(_ steps: [TrialStep]) -> String {
    steps.map { step in
      switch step {
      case .sent(let request):
        "\(request.purpose) \(request.url) \(request.headers) " + String(decoding: request.body, as: UTF8.self)
      case .answered(let answer):
        "\(answer.status) " + (answer.body.map { String(decoding: $0, as: UTF8.self) } ?? "nothing shown")
          + " \(answer.reading)"
      case .failed(let kind): kind.rawValue
      case .ended(let outcome): "\(outcome)"
      case .found, .withheld, .polled, .lookedUp: "not of a message"
      }
    }.joined(separator: "\n")
  }

  @Test("secrets and the token go to the partner and are shown to nobody, also where the partner repeats them")
  func hidden() throws {
    let run = try run([
      (200, #"{"token": "phien-that", "user": "ten-that"}"#), (200, #"{"code": 0, "session": "phien-that"}"#),
    ])
    #expect(run.outcome == .accepted(alreadyThere: false))
    #expect(String(decoding: run.sent[0].body, as: UTF8.self).contains("mat-khau-that"))
    #expect(run.sent[0].headers["Authorization"] == nil, "a login has no token yet")
    #expect(run.sent[1].headers["Authorization"] == "phien-that")
    let shown = text(run.steps)
    for secret in ["ten-that", "mat-khau-that", "phien-that"] { #expect(!shown.contains(secret), "\(secret)") }
    #expect(shown.contains(#"{"code": 0, "session": "hidden"}"#))
  }

  @Test("a secret that is a part of another leaves nothing of that one behind")
  func partOfAnother() throws {
    let run = try run([(200, #"{"token": "x-1", "echo": "mat-khau-that, mat-khau"}"#), (200, "{}")], user: "mat-khau")
    #expect(text(run.steps).contains(#"{"token": "hidden", "echo": "hidden, hidden"}"#), "\(text(run.steps))")
  }

  @Test("a token that the login's answer writes with escapes hides the whole answer")
  func escapedToken() throws {
    let run = try run([(200, #"{"token": "phien\u002dthat"}"#), (200, #"{"code": 0}"#)])
    #expect(run.sent[1].headers["Authorization"] == "phien-that")
    #expect(text(run.steps).contains("nothing shown") && !text(run.steps).contains("phien"))
  }

  @Test("a session that the partner drops is renewed once")
  func renewed() throws {
    let run = try run([
      (200, #"{"token": "mot"}"#), (401, ""), (200, #"{"token": "hai"}"#), (401, ""),
    ])
    #expect(run.sent.map { $0.url.split(separator: "/").last } == ["login", "records", "login", "records"])
    #expect(run.outcome == .postponed(.authentication, notBefore: nil))
  }

  @Test("a login that is refused, and a partner that is not there, end the exchange before the message is sent")
  func notLetIn() throws {
    let refused = try run([(200, #"{"error": 1}"#)])
    #expect(refused.sent.count == 1 && refused.outcome == .postponed(.authentication, notBefore: nil))
    let gone = try run([])
    #expect(gone.sent.count == 1 && gone.outcome == .postponed(.connect, notBefore: nil))
    #expect(text(gone.steps).contains("connect"))
  }
}
