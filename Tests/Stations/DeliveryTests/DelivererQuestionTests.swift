import Delivery
import DossierModel
import DossierStore
import GatewayTesting
import HTTPKit
import ServiceKit
import Synchronization
import Testing

/// Partners that can be asked whether they have what may have arrived.
@Suite struct DelivererQuestionTests {
  private static let yes = HTTPResponse.text(200, #"{"code": 0}"#)
  /// Neither yes nor no: the partner may have it.
  private static let silence = HTTPResponse.text(200, "")
  private static let there = HTTPResponse.text(200, #"{"found": 1}"#)
  private static let absent = HTTPResponse.text(404, #"{"found": 0}"#)

  /// Answers sends and questions from two lists, the last answer again and again.
  private func partner(sends: [HTTPResponse], questions: [HTTPResponse]) throws -> ScriptedPartner {
    let left = Mutex((sends: sends[...], questions: questions[...]))
    return try ScriptedPartner { request, _ in
      left.withLock { left in
        let answers = request.method == .get ? left.questions : left.sends
        guard let answer = answers.first else { preconditionFailure("a list has an answer") }
        if answers.count > 1, request.method == .get { left.questions.removeFirst() }
        if answers.count > 1, request.method != .get { left.sends.removeFirst() }
        return .answer(answer)
      }
    }
  }

  private func rig(_ partner: ScriptedPartner, retry: RetryPolicy = RetryPolicy()) throws -> DelivererRig {
    let destination = try Destination.sample(
      "agency", at: partner.address, profile: try SampleProfile.read(SampleProfile.asking), secrets: ["key": "bí mật"],
      retry: retry)
    return try DelivererRig([destination])
  }

  private func methods(_ partner: ScriptedPartner) -> [String] { partner.requests.map(\.method.rawValue) }

  @Test("what is found there is delivered, and not sent a second time")
  func there() throws {
    let partner = try partner(sends: [Self.silence], questions: [Self.there])
    let rig = try rig(partner)
    let message = try rig.record("H99.1", "{}", to: "agency")
    let unknown = try #require(try rig.store.deliveries(of: message, become: .unknown)?.first)
    rig.advance(by: .seconds(600))
    let delivered = try #require(try rig.store.deliveries(of: message, become: .delivered)?.first)
    #expect(delivered.attempts == 2 && delivered.id == unknown.id)
    #expect(methods(partner) == ["POST", "GET"])
    let (sent, question) = (partner.requests[0], partner.requests[1])
    let key = try #require(sent.headers["Idempotency-Key"])
    #expect(question.path == ["records", key], "the question names the very delivery")
    #expect(question.headers["X-Key"] == sent.headers["X-Key"] && question.headers["Idempotency-Key"] == nil)
    #expect(rig.attempts("agency") == ["unreadableAnswer": 1, "alreadyThere": 1])
  }

  @Test("what is not there is sent again in the same attempt, with the same key")
  func absent() throws {
    let partner = try partner(sends: [Self.silence, Self.yes], questions: [Self.absent])
    let rig = try rig(partner)
    let message = try rig.record("H99.1", "{}", to: "agency")
    _ = try #require(try rig.store.deliveries(of: message, become: .unknown))
    rig.advance(by: .seconds(600))
    let delivered = try #require(try rig.store.deliveries(of: message, become: .delivered)?.first)
    #expect(delivered.attempts == 2)
    #expect(methods(partner) == ["POST", "GET", "POST"])
    #expect(partner.requests[0].headers["Idempotency-Key"] == partner.requests[2].headers["Idempotency-Key"])
    let notes = try #require(try rig.store.timeline(of: "H99.1", visibleTo: nil)).entries.compactMap(\.note)
    #expect(notes.contains { $0.hasPrefix("it was not there when asked; HTTP 200") }, "\(notes)")
  }

  @Test(
    "while the question is not answered it stays unknown, and is asked about again",
    arguments: [
      HTTPResponse.text(500, ""), .text(503, "", headers: ["Retry-After": "60"]), .text(400, "{}"), .text(401, ""),
      .text(200, "<html>"), .text(404, ""),
    ])
  func unanswered(_ answer: HTTPResponse) throws {
    let partner = try partner(sends: [Self.silence], questions: [answer, Self.there])
    let rig = try rig(partner)
    let message = try rig.record("H99.1", "{}", to: "agency")
    _ = try #require(try rig.store.deliveries(of: message, become: .unknown))
    rig.advance(by: .seconds(600))
    #expect(partner.requests(atLeast: 2).count == 2)
    #expect(rig.store.waitUntil { rig.attempts("agency").values.reduce(0, +) == 2 })
    let asked = try #require(try rig.store.deliveries(of: message, become: .unknown)?.first)
    #expect(asked.attempts == 2 && asked.due != nil)
    rig.advance(by: .seconds(3_600))
    _ = try #require(try rig.store.deliveries(of: message, become: .delivered))
    #expect(methods(partner) == ["POST", "GET", "GET"])
  }

  @Test("what never left is sent without a question")
  func neverLeft() throws {
    let partner = try partner(sends: [.text(500, ""), Self.yes], questions: [Self.there])
    let rig = try rig(partner)
    let message = try rig.record("H99.1", "{}", to: "agency")
    _ = try #require(try rig.store.deliveries(of: message, become: .deferred))
    rig.advance(by: .seconds(600))
    _ = try #require(try rig.store.deliveries(of: message, become: .delivered))
    #expect(methods(partner) == ["POST", "POST"])
  }

  @Test("a partner that cannot be asked gets it again with the same key, and a failure then leaves it unknown")
  func cannotBeAsked() throws {
    let partner = try partner(sends: [Self.silence, .text(500, ""), Self.yes], questions: [Self.there])
    let rig = try DelivererRig([try .sample("agency", at: partner.address)])
    let message = try rig.record("H99.1", "{}", to: "agency")
    _ = try #require(try rig.store.deliveries(of: message, become: .unknown))
    rig.advance(by: .seconds(600))
    #expect(partner.requests(atLeast: 2).count == 2)
    #expect(rig.store.waitUntil { rig.attempts("agency")["serverError"] == 1 })
    #expect(try rig.store.deliveries(of: message, become: .unknown) != nil)
    rig.advance(by: .seconds(3_600))
    _ = try #require(try rig.store.deliveries(of: message, become: .delivered))
    #expect(methods(partner) == ["POST", "POST", "POST"])
    #expect(Set(partner.requests.map { $0.headers["Idempotency-Key"] }).count == 1)
  }
}

extension SampleProfile {
  /// The sample with a partner that can be asked about a record by its key.
  static var asking: String {
    replacing(
      "path: /records",
      with: """
        path: /records, ask: { path: "/records/{key}", answers: { rules: [
                  { outcome: there, when: "found = 1" }, { outcome: absent, status: 404, when: "found = 0" }] } }
        """
    ).replacing(
      "authentication: none", with: #"authentication: { header: { name: X-Key, secret: key } }"#)
  }
}
