import Delivery
import DocumentKit
import DossierModel
import GatewayTesting
import HTTPKit
import ServiceKit
import Synchronization
import Testing

@Suite("The session with a partner", .timeLimit(.minutes(1)))
struct PartnerSessionTests {
  private static let profile = """
    profile: mau
    version: 1
    messages: {}
    delivery:
      authentication:
        session: { request: { path: /login, json: { ten: a } }, format: json, token: phien }
      headers: { X-Phien: "{session}" }
      lookups:
        mot:
          path: /mot
          answers: { format: json, rules: [{ outcome: found, when: "ten" }] }
          schema: x.json
          toCanonical: x--canonical
    """

  /// Logins are held until the test answers them.
  private final class Partner: PartnerTransport {
    private let held = Mutex<[@Sendable (HTTPClientResult) -> Void]>([])
    private let count = Mutex(0)

    var logins: Int { count.withLock { $0 } }

    func send(_ request: HTTPClientRequest, then completion: @escaping @Sendable (HTTPClientResult) -> Void) {
      count.withLock { $0 += 1 }
      held.withLock { $0.append(completion) }
    }

    func answer(_ body: String) {
      let timing = HTTPClientTiming(connected: .zero, firstByte: .zero, whole: .zero, isConnectionReused: true)
      end(with: .response(.text(200, body), timing))
    }

    func cancelAll() {
      end(with: .failure(HTTPClientFailure(kind: .cancelled, requestPossiblySent: true, message: "")))
    }

    private func end(with result: HTTPClientResult) {
      let waiting = held.withLock { held in
        defer { held = [] }
        return held
      }
      for completion in waiting { completion(result) }
    }
  }

  private final class Told: Sendable {
    private let words = Mutex<[String]>([])
    var all: [String] { words.withLock { $0 } }

    func add(_ outcome: LoginOutcome) {
      let word =
        switch outcome {
        case .renewed: "renewed"
        case .refused: "refused"
        case .unanswered(let failure): failure.kind.rawValue
        }
      words.withLock { $0.append(word) }
    }
  }

  private let partner = Partner()
  private let time = ManualTimeSource()
  private let told = Told()
  private let rates: RequestRates
  private let sessions: PartnerSessions

  init() throws {
    let profile = try PartnerProfile(try YAMLDocument(parsing: Self.profile, file: "mau.yaml"))
    let destination = try Destination(
      party: "mau", profile: profile, address: "http://x.example", rate: RateLimit(requests: 60, period: .seconds(60)))
    rates = RequestRates([destination])
    sessions = PartnerSessions([destination], rates: rates, transport: partner, time: time, version: "1")
  }

  private func need() throws -> PartnerSession.Need {
    let session = try #require(sessions["mau"])
    return session.need(at: time.monotonic()) { [told] in told.add($0) }
  }

  @Test("several who ask at once wait for one login, which counts once against the party's rate, and all hear of it")
  func oneLogin() throws {
    for _ in 0..<3 { #expect(try need() == .wait) }
    #expect(partner.logins == 1 && told.all.isEmpty)
    partner.answer(#"{"phien": "p1"}"#)
    #expect(told.all == ["renewed", "renewed", "renewed"])
    #expect(try need() == .use(token: "p1", generation: 1))
    #expect(told.all.count == 3, "who got a token is told nothing")
    let next = try #require(rates["mau"]?.nextAt(time.monotonic()))
    #expect(next - time.monotonic() == .seconds(1))
  }

  @Test("a token that several find refused is renewed once")
  func renewal() throws {
    _ = try need()
    partner.answer(#"{"phien": "p1"}"#)
    let session = try #require(sessions["mau"])
    for _ in 0..<3 { session.rejected(generation: 1) }
    #expect(try need() == .wait)
    session.rejected(generation: 1)
    partner.answer(#"{"phien": "p2"}"#)
    session.rejected(generation: 1)
    #expect(try need() == .use(token: "p2", generation: 2))
    #expect(partner.logins == 2)
  }

  @Test(
    "a login that fails is told to all who wait, and the next who asks brings another; it is remembered for a while")
  func failure() throws {
    let session = try #require(sessions["mau"])
    for _ in 0..<2 { #expect(try need() == .wait) }
    partner.answer("<html/>")
    #expect(told.all == ["refused", "refused"])
    #expect(session.hasFailed(within: .seconds(5), of: time.monotonic()))
    time.advance(by: .seconds(5))
    #expect(!session.hasFailed(within: .seconds(5), of: time.monotonic()))
    #expect(try need() == .wait)
    partner.cancelAll()
    #expect(told.all == ["refused", "refused", "cancelled"] && partner.logins == 2)
    #expect(try need() == .wait)
    partner.answer(#"{"phien": "p1"}"#)
    #expect(!session.hasFailed(within: .seconds(5), of: time.monotonic()))
  }

  @Test("a party that is spoken to without a login has none")
  func none() throws {
    #expect(sessions["khac"] == nil)
  }
}
