import CryptographyKit
import Delivery
import DocumentKit
import DossierModel
import GatewayTesting
import HTTPKit
import JSONKit
import ServiceKit
import Synchronization
import Testing

@Suite("Asking partners while somebody waits", .timeLimit(.minutes(2)))
struct LookupDeskTests {
  private static let session = """
    authentication:
        session:
          request:
            path: /login
            json: { user: "{secrets.user}", otp: null, kinds: [0, 1], remember: false, name: "0" }
          format: json
          token: token
    """

  private static func text(authentication: String) -> String {
    """
    profile: register
    version: 1
    messages: {}
    delivery:
      \(authentication)
      headers: { X-Session: \(authentication.contains("session") ? "\"{session}\"" : "none") }
      lookups:
        one:
          parameters: { id: '^[^ ]{1,20}$', note: { pattern: '^.{1,20}$', optional: true } }
          path: "/records/{parameters.id}"
          method: POST
          json:
            id: "{parameters.id}"
            note: "{parameters.note}"
            count: 1
            parts: { base64: [{ note: "{parameters.note}" }] }
            sum: { checksum: { algorithm: hmacSHA256, secret: key, of: ["{fields.count}", "{fields.id}", "{fields.parts}"], between: "|" } }
          timeout: 2s
          answers:
            format: json
            rules:
              - { outcome: found, when: "name != ''" }
              - { outcome: notFound, when: "code = 1" }
              - { outcome: refused, when: "code = 2" }
              - { outcome: retry, when: "code = 3" }
          schema: x.json
          toCanonical: x--canonical
    """
  }

  /// What came of questions, in the order of their ends.
  private final class Results: Sendable {
    private let results = Mutex<[LookupResult]>([])
    func add(_ result: LookupResult) { results.withLock { $0.append(result) } }
    var all: [LookupResult] { results.withLock { $0 } }

    func wait(for count: Int) -> [LookupResult] {
      _ = Patience.until { self.all.count >= count }
      return all
    }
  }

  private let party = PartyID("so-dang-ky")
  private let time = ManualTimeSource()

  private func desk(
    _ address: String, limits: LookupLimits = .standard, session: Bool = false, rate: RateLimit? = nil
  ) throws -> LookupDesk {
    let text = Self.text(authentication: session ? Self.session : "authentication: none")
    let profile = try PartnerProfile(try YAMLDocument(parsing: text, file: "register.yaml"))
    var secrets = ["key": Self.secret("khoa")]
    if session { secrets["user"] = Self.secret("nguoi") }
    let destination = try Destination(party: party, profile: profile, address: address, secrets: secrets, rate: rate)
    return LookupDesk(
      destinations: [destination], transport: try HTTPClient(), time: time, version: "1", limits: limits)
  }

  private static func secret(_ text: String) -> Secret { Array(text.utf8).withUnsafeBytes { Secret(copying: $0) } }

  private func ask(_ desk: LookupDesk, _ parameters: [String: String] = ["id": "a"]) -> LookupResult? {
    let results = Results()
    desk.ask(party, "one", parameters) { results.add($0) }
    return results.wait(for: 1).first
  }

  @Test("a question counts against the party's rate, its login as well; one that finds nothing free is turned away")
  func rate() throws {
    let partner = try ScriptedPartner { request, _ in
      .answer(.text(200, request.path == ["login"] ? #"{"token": "t"}"# : #"{"name": "Có"}"#))
    }
    let desk = try desk(partner.address, session: true, rate: RateLimit(requests: 1, period: .seconds(60)))
    #expect(ask(desk) == .found(Array(#"{"name": "Có"}"#.utf8)) && partner.requests.count == 2)
    time.advance(by: .seconds(119))
    #expect(ask(desk) == .busy && partner.requests.count == 2, "two requests take two minutes")
    time.advance(by: .seconds(1))
    #expect(ask(desk) == .found(Array(#"{"name": "Có"}"#.utf8)) && partner.requests.count == 3)
    #expect(ask(desk) == .busy)
  }

  @Test("the question is what the profile says, its numbers are numbers, and its checksum is over what is sent")
  func request() throws {
    let partner = try ScriptedPartner { _, _ in .answer(.text(200, #"{"name": "Có"}"#)) }
    let result = ask(try desk(partner.address), ["id": #"a/"b"#, "note": "ghi chú"])
    #expect(result == .found(Array(#"{"name": "Có"}"#.utf8)))
    let request = try #require(partner.requests.first)
    #expect(request.path == ["records", #"a/"b"#] && request.headers["Content-Type"] == "application/json")
    let body = try JSONDocument(parsing: request.body).root
    #expect(body["id"]?.string == #"a/"b"# && body["count"]?.numberText == "1")
    let parts = try #require(body["parts"]?.string)
    #expect(String(decoding: try Base64.decode(parts), as: UTF8.self) == #"[{"note":"ghi chú"}]"#)
    let sum = HMACSHA256.code(of: Array(("1|" + #"a/"b"# + "|" + parts).utf8), key: Array("khoa".utf8))
    #expect(body["sum"]?.string == Hexadecimal.encode(sum))
    #expect(request.headers["Idempotency-Key"] == nil)
  }

  @Test(
    "an answer is found, not there, refused, later or nothing, and an error is never “not there”",
    arguments: [
      (200, #"{"code": 1}"#, LookupResult.notFound), (404, #"{"code": 1}"#, .notFound),
      (200, #"{"code": 2}"#, .refused), (200, #"{"code": 3}"#, .unavailable(.later)),
      (200, "{}", .unavailable(.unreadable)), (200, "", .unavailable(.unreadable)),
      (200, "<html/>", .unavailable(.unreadable)), (404, "", .unavailable(.later)),
      (500, #"{"code": 1}"#, .unavailable(.later)), (401, "", .unavailable(.login)),
    ])
  func answers(status: Int, body: String, expected: LookupResult) throws {
    let partner = try ScriptedPartner { _, _ in .answer(.text(status, body)) }
    #expect(ask(try desk(partner.address)) == expected)
    #expect(partner.requests.count == 1)
  }

  @Test("a partner that is silent is waited for no longer than the lookup says")
  func timeout() throws {
    let partner = try ScriptedPartner { _, _ in .hold }
    #expect(ask(try desk(partner.address)) == .unavailable(.timeout))
  }

  @Test("parameters that are missing, not known, or not of their form are named")
  func parameters() throws {
    let desk = try desk("http://127.0.0.1:1")
    #expect(desk.complaint(about: ["id": "a"], of: party, "one") == nil)
    #expect(desk.complaint(about: [:], of: party, "one") == "id")
    #expect(desk.complaint(about: ["id": "a b"], of: party, "one") == "id")
    #expect(desk.complaint(about: ["id": String(repeating: "a", count: 20)], of: party, "one") == nil)
    #expect(desk.complaint(about: ["id": String(repeating: "a", count: 21)], of: party, "one") == "id")
    #expect(desk.complaint(about: ["id": "a", "note": ""], of: party, "one") == "note")
    #expect(desk.complaint(about: ["id": "a", "other": "b"], of: party, "one") == "other")
  }

  @Test("one login serves many questions, with members that are no texts, and is renewed once when it is dropped")
  func login() throws {
    let partner = try ScriptedPartner { request, number in
      if request.path == ["login"] { return .answer(.text(200, #"{"token": "t\#(number)"}"#)) }
      // The first token is not taken any more.
      return .answer(request.headers["X-Session"] == "t1" ? .text(401, "") : .text(200, #"{"name": "Có"}"#))
    }
    let desk = try desk(partner.address, session: true)
    let results = Results()
    for number in 0..<8 { desk.ask(party, "one", ["id": "\(number)"]) { results.add($0) } }
    #expect(results.wait(for: 8).allSatisfy { $0 == .found(Array(#"{"name": "Có"}"#.utf8)) })
    let logins = partner.requests.filter { $0.path == ["login"] }
    #expect(logins.count == 2)
    #expect(
      String(decoding: logins[0].body, as: UTF8.self)
        == #"{"user":"nguoi","otp":null,"kinds":[0,1],"remember":false,"name":"0"}"#)
  }

  @Test("after a login that is refused nobody tries it again for the pause, and somebody does after it")
  func wrongSecret() throws {
    let partner = try ScriptedPartner { _, _ in .answer(.text(403, "")) }
    let desk = try desk(partner.address, session: true)
    for _ in 0..<5 { #expect(ask(desk) == .unavailable(.login)) }
    #expect(partner.requests.count == 1)
    time.advance(by: LookupLimits.standard.loginPause)
    #expect(ask(desk) == .unavailable(.login))
    #expect(partner.requests.count == 2)
  }

  @Test("as many questions as the limit are under way, and one more is turned away at once")
  func limit() throws {
    let partner = try ScriptedPartner { _, _ in .hold }
    var limits = LookupLimits.standard
    limits.underWay = 3
    let desk = try desk(partner.address, limits: limits)
    let results = Results()
    for number in 0..<3 { desk.ask(party, "one", ["id": "\(number)"]) { results.add($0) } }
    #expect(partner.requests(atLeast: 3).count == 3)
    #expect(ask(desk) == .busy)
    desk.cancelAll()
    #expect(results.wait(for: 3) == Array(repeating: .unavailable(.unreachable), count: 3))
    #expect(partner.requests.count == 3)
  }

  @Test("an answer has so many bytes as the lookup says, and not one more")
  func largest() throws {
    let partner = try ScriptedPartner { _, _ in
      .answer(.text(200, #"{"name":"a"}"# + String(repeating: " ", count: 2_048 - 12)))
    }
    for (limit, isGood) in [("2048B", true), ("2047B", false)] {
      let text = Self.text(authentication: "authentication: none").replacing(
        "timeout: 2s", with: "timeout: 2s\n      largest: \(limit)")
      let profile = try PartnerProfile(try YAMLDocument(parsing: text, file: "register.yaml"))
      let destination = try Destination(
        party: party, profile: profile, address: partner.address, secrets: ["key": Self.secret("khoa")])
      let desk = LookupDesk(destinations: [destination], transport: try HTTPClient(), time: time, version: "1")
      let result = ask(desk)
      if case .found? = result { #expect(isGood) } else { #expect(!isGood, "\(limit): \(String(describing: result))") }
    }
  }

  private static let faults: [(old: String, new: String, says: String)] = [
    ("id: '^[^ ]{1,20}$'", "id: '[^ ]+'", "whole text"), ("id: '^[^ ]{1,20}$'", "id: '^[$'", "cannot be used"),
    ("id: '^[^ ]{1,20}$'", "od: '^[^ ]{1,20}$'", "no parameter is called ‘id’"),
    ("id: '^[^ ]{1,20}$'", "id: '^a$', idle: '^a$'", "nothing places {parameters.idle}"),
    ("method: POST", "method: GET", "a GET has no body"), ("method: POST", "method: PUT", "GET, POST"),
    ("outcome: found", "outcome: accepted", "found"),
    ("outcome: found", "outcome: refused", "no rule says when it is found"),
    ("algorithm: hmacSHA256", "algorithm: md5", "needs an algorithm"), ("secret: key, ", "", "an HMAC has a key"),
    ("{fields.count}", "{session}", "cannot be filled in here"), ("between:", "betwen:", "has no ‘betwen’"),
    ("\"{parameters.note}\" }]", "\"{key}\" }]", "cannot be filled in here"),
    ("timeout: 2s", "timeout: 1h", "out of range"),
    ("schema: x.json", "# schema: x.json", "schema"), ("one:", "\"o/e\":", "letters, digits"),
    ("one:", "\"o e\":", "letters, digits"),
    ("id: '^[^ ]{1,20}$'", "id: '^a$', \"a b\": '^a$'", "no name of a parameter"),
    ("format: json", "format: text", "plain text"),
  ]

  @Test("a wrong line of a lookup is told with its remedy", arguments: faults.indices)
  func mistakes(index: Int) throws {
    let fault = Self.faults[index]
    let text = Self.text(authentication: "authentication: none")
    try #require(text.contains(fault.old))
    do {
      _ = try PartnerProfile(
        try YAMLDocument(parsing: text.replacing(fault.old, with: fault.new, maxReplacements: 1), file: "r.yaml"))
      Issue.record("‘\(fault.new)’ was taken")
    } catch let errors as ConfigurationErrors {
      #expect(errors.description.contains(fault.says), "\(errors)")
    }
  }
}
