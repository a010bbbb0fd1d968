import CryptographyKit
import Delivery
import DossierModel
import DossierStore
import GatewayTesting
import HTTPKit
import ServiceKit
import Synchronization
import Testing

/// Partners with tokens, and the portal's create and update.
@Suite struct DelivererSessionTests {
  /// The portal as its schema says: `phien-N` is the session of the Nth login, and `accepts` says which are good.
  private final class Portal: Sendable {
    let partner: ScriptedPartner

    init(
      accepts: @escaping @Sendable (_ session: String) -> Bool,
      answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse
    )
      throws
    {
      let logins = Counting()
      partner = try ScriptedPartner { request, _ in
        guard request.path == ["service"] else {
          return .answer(.text(200, #"{"error_code": "00", "session": "phien-\#(logins.next())"}"#))
        }
        let body = String(decoding: request.body, as: UTF8.self)
        let session = body.firstRange(of: #""session":""#).map { body[$0.upperBound...].prefix { $0 != "\"" } } ?? ""
        guard accepts(String(session)) else {
          return .answer(.text(200, #"{"error_code": -1, "message": "Phiên làm việc đã hết hạn"}"#))
        }
        return .answer(answer(request))
      }
    }

    var services: [HTTPRequest] { partner.requests.filter { $0.path == ["service"] } }
    var loginCount: Int { partner.requests.count { $0.path == ["login"] } }
  }

  private final class Counting: Sendable {
    private let count = Atomic<Int>(0)
    func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).newValue }
  }

  private func rig(_ portal: Portal, window: Int = 8) throws -> DelivererRig {
    let destination = try Destination.sample(
      "portal", at: portal.partner.address, profile: try ShippedProfile.read("dvcqg-a"),
      secrets: ["username": "demo", "password": "mật \"khẩu\""], values: ["madonvi": "H99", "dstcode": "VN:DEMO"],
      window: window)
    return try DelivererRig([destination])
  }

  private static let yes = HTTPResponse.text(200, #"{"error_code": 0, "message": "Thành công"}"#)

  @Test("the portal is logged in to once for many deliveries, each wrapped as the portal wants it")
  func loginOnce() throws {
    let portal = try Portal(accepts: { $0 == "phien-1" }, answer: { _ in Self.yes })
    let rig = try rig(portal)
    for number in 0..<20 {
      try rig.record(DossierCode("H99.\(number)"), #"{"MaHoSo":"H99.\#(number)"}"#, type: "dvcqg-a/ho-so", to: "portal")
    }
    #expect(rig.store.waitUntil { rig.attempts("portal")["accepted"] == 20 })
    #expect(portal.loginCount == 1)
    let login = try #require(portal.partner.requests.first { $0.path == ["login"] })
    #expect(String(decoding: login.body, as: UTF8.self) == #"{"username":"demo","password":"mật \"khẩu\""}"#)
    #expect(login.headers["dstcode"] == "VN:DEMO")
    #expect(login.headers["Idempotency-Key"] == nil)
    let service = try #require(portal.services.first { String(decoding: $0.body, as: UTF8.self).contains(#""H99.7""#) })
    #expect(
      String(decoding: service.body, as: UTF8.self)
        == #"{"session":"phien-1","madonvi":"H99","service":"DongBoHoSoMC","isUpdating":"False","data":[{"MaHoSo":"H99.7"}]}"#
    )
    #expect(service.headers["dstcode"] == "VN:DEMO")
    #expect(service.headers["Charset"] == "utf-8")
  }

  @Test("a session that is not taken any more is renewed once for all who found out, and they are delivered")
  func sessionExpired() throws {
    let portal = try Portal(accepts: { $0 == "phien-2" }, answer: { _ in Self.yes })
    let rig = try rig(portal)
    for number in 0..<8 {
      try rig.record(DossierCode("H99.\(number)"), "{}", type: "dvcqg-a/tien-do", to: "portal")
    }
    #expect(rig.store.waitUntil { rig.attempts("portal")["accepted"] == 8 })
    #expect(portal.loginCount == 2)
    #expect(rig.attempts("portal") == ["accepted": 8])
  }

  @Test("an attempt renews its session once; if the new one is not taken either, it is put off")
  func renewedOncePerAttempt() throws {
    let portal = try Portal(accepts: { _ in false }, answer: { _ in Self.yes })
    let rig = try rig(portal)
    let message = try rig.record("H99.1", "{}", type: "dvcqg-a/tien-do", to: "portal")
    let deferred = try #require(try rig.store.deliveries(of: message, become: .deferred)?.first)
    #expect(deferred.lastFailure == .authentication)
    #expect(portal.loginCount == 2)
    #expect(portal.services.count == 2)
  }

  @Test("a login that is refused puts off what waits and is not repeated for each of them")
  func loginRefused() throws {
    let partner = try ScriptedPartner { _, _ in
      .answer(.text(200, #"{"error_code": "-1", "message": "Sai tài khoản"}"#))
    }
    let destination = try Destination.sample(
      "portal", at: partner.address, profile: try ShippedProfile.read("dvcqg-a"),
      secrets: ["username": "demo", "password": "x"], values: ["madonvi": "H99", "dstcode": "D"])
    let rig = try DelivererRig([destination])
    var messages: [MessageID] = []
    for number in 0..<30 {
      messages.append(try rig.record(DossierCode("H99.\(number)"), "{}", type: "dvcqg-a/ho-so", to: "portal"))
    }
    _ = try #require(try rig.store.deliveries(of: messages[0], become: .deferred))
    #expect(partner.requests.count == 1)
    #expect(try rig.store.message(messages[29])?.deliveries.first?.state == .ready)
    #expect(!rig.log.lines.joined().contains("Sai"))
  }

  @Test("a dossier that the portal has already is sent again as an update in the same attempt")
  func createThenUpdate() throws {
    let portal = try Portal(accepts: { _ in true }) { request in
      String(decoding: request.body, as: UTF8.self).contains(#""isUpdating":"True""#)
        ? Self.yes : .text(200, #"{"error_code": "-3", "message": "Hồ sơ \u0111\u00e3 tồn tại"}"#)
    }
    let rig = try rig(portal)
    let message = try rig.record("H99.1", #"{"MaHoSo":"H99.1"}"#, type: "dvcqg-a/ho-so", to: "portal")
    let delivered = try #require(try rig.store.deliveries(of: message, become: .delivered)?.first)
    #expect(delivered.attempts == 1)
    #expect(portal.services.count == 2)
    #expect(portal.services[0].headers["Idempotency-Key"] == portal.services[1].headers["Idempotency-Key"])
    #expect(rig.attempts("portal") == ["accepted": 1])
  }

  @Test("client credentials bring a bearer token, which is renewed before it ends")
  func clientCredentials() throws {
    let logins = Counting()
    let partner = try ScriptedPartner { request, _ in
      guard request.path == ["token"] else { return .answer(.text(200, #"{"code": 0}"#)) }
      return .answer(.text(200, #"{"access_token": "t\#(logins.next())", "token_type": "Bearer", "expires_in": 100}"#))
    }
    let profile = try SampleProfile.read(
      SampleProfile.replacing(
        "authentication: none",
        with: "authentication: { clientCredentials: { path: /token, id: client, secret: key, scope: a b } }"))
    let rig = try DelivererRig([
      try .sample("agency", at: partner.address, profile: profile, secrets: ["client": "máy", "key": "a:b"])
    ])
    let first = try rig.record("H99.1", "{}", to: "agency")
    _ = try #require(try rig.store.deliveries(of: first, become: .delivered))
    rig.advance(by: .seconds(89))
    let second = try rig.record("H99.2", "{}", to: "agency")
    _ = try #require(try rig.store.deliveries(of: second, become: .delivered))
    rig.advance(by: .seconds(1))
    let third = try rig.record("H99.3", "{}", to: "agency")
    _ = try #require(try rig.store.deliveries(of: third, become: .delivered))
    let records = partner.requests.filter { $0.path == ["records"] }
    #expect(records.map { $0.headers["Authorization"] } == ["Bearer t1", "Bearer t1", "Bearer t2"])
    let token = try #require(partner.requests.first { $0.path == ["token"] })
    #expect(String(decoding: token.body, as: UTF8.self) == "grant_type=client_credentials&scope=a%20b")
    #expect(token.headers["Content-Type"] == "application/x-www-form-urlencoded")
    // m%C3%A1y:a%3Ab
    #expect(token.headers["Authorization"] == "Basic bSVDMyVBMXk6YSUzQWI=")
  }

  @Test(
    "a password grant sends name and password, the client's own where it has one",
    arguments: [
      ("", "grant_type=password&username=t%C3%AAn&password=a%26b", nil),
      (
        ", id: client, secret: key, credentials: form",
        "grant_type=password&username=t%C3%AAn&password=a%26b&client_id=m%C3%A1y&client_secret=k", nil
      ),
      (
        ", id: client, secret: key", "grant_type=password&username=t%C3%AAn&password=a%26b",
        "Basic bSVDMyVBMXk6aw=="
      ),
    ])
  func passwordGrant(client: String, body: String, basic: String?) throws {
    let partner = try ScriptedPartner { request, _ in
      guard request.path == ["token"] else { return .answer(.text(200, #"{"code": 0}"#)) }
      return .answer(.text(200, #"{"access_token": "t1", "token_type": "Bearer"}"#))
    }
    let profile = try SampleProfile.read(
      SampleProfile.replacing(
        "authentication: none",
        with: "authentication: { passwordGrant: { path: /token, username: user, password: pass\(client) } }"))
    var secrets = ["user": "tên", "pass": "a&b"]
    if !client.isEmpty { secrets.merge(["client": "máy", "key": "k"]) { $1 } }
    let rig = try DelivererRig([try .sample("agency", at: partner.address, profile: profile, secrets: secrets)])
    let message = try rig.record("H99.1", "{}", to: "agency")
    _ = try #require(try rig.store.deliveries(of: message, become: .delivered))
    let token = try #require(partner.requests.first { $0.path == ["token"] })
    #expect(String(decoding: token.body, as: UTF8.self) == body)
    #expect(token.headers["Authorization"] == basic)
    #expect(partner.requests.last?.headers["Authorization"] == "Bearer t1")
  }

  @Test("a field of an LGSP, a JSON object in base64, goes with every request, the login among them")
  func base64Field() throws {
    let partner = try ScriptedPartner { request, _ in
      guard request.path == ["token"] else { return .answer(.text(200, #"{"code": 0}"#)) }
      return .answer(.text(200, #"{"access_token": "t1"}"#))
    }
    let field = #"""
      authentication: { clientCredentials: { path: /token, id: client, secret: key } }
        headers:
          lgspaccesstoken: { base64: { AccessKey: "{secrets.access}", AppName: "{values.app}", PartnerCode: "000" } }
      """#
    let profile = try SampleProfile.read(SampleProfile.replacing("authentication: none", with: field))
    let rig = try DelivererRig([
      try .sample(
        "agency", at: partner.address, profile: profile,
        secrets: ["client": "c", "key": "k", "access": #"a"b"#], values: ["app": "một cửa"])
    ])
    let message = try rig.record("H99.1", "{}", to: "agency")
    _ = try #require(try rig.store.deliveries(of: message, become: .delivered))
    let expected = Base64.encode(Array(#"{"AccessKey":"a\"b","AppName":"một cửa","PartnerCode":"000"}"#.utf8))
    #expect(partner.requests.count == 2)
    #expect(partner.requests.allSatisfy { $0.headers["lgspaccesstoken"] == expected })
  }
}
