import Delivery
import DocumentKit
import DossierModel
import GatewayTesting
import HTTPKit
import ServiceKit
import Testing

@Suite struct DestinationTests {
  private func problems(
    address: String = "http://127.0.0.1:1", profile: String = "oc-lgsp", secrets: [String: String] = ["apiKey": "k"],
    values: [String: String] = [:], window: Int = 8
  ) throws -> [DestinationError.Problem] {
    let profile = try ShippedProfile.read(profile)
    return try problems {
      try Destination.sample("a", at: address, profile: profile, secrets: secrets, values: values, window: window)
    }
  }

  private func problems(_ make: () throws -> Destination) throws -> [DestinationError.Problem] {
    do {
      _ = try make()
      return []
    } catch let error as DestinationError {
      return error.problems
    }
  }

  @Test("what the profile asks for and the party does not give is told by name, all at once")
  func missing() throws {
    let found = try problems(address: "ftp://x", profile: "dvcqg-a", secrets: ["username": "u"], window: 0)
    #expect(found.map(\.code) == [.invalidAddress, .outOfRange, .missingSecret, .missingValue, .missingValue])
    #expect(found.map(\.path.last) == ["address", "window", "password", "dstcode", "madonvi"])
  }

  @Test("what the party gives and the profile does not ask for is told too")
  func unknown() throws {
    let found = try problems(secrets: ["apiKey": "k", "password": "p"], values: ["madonvi": "H99"])
    #expect(found.map(\.code) == [.unknownSecret, .unknownValue])
    #expect(!"\(found)".contains("H99"))
  }

  @Test("each code of what is wrong is told in both languages, with what to do")
  func codes() throws {
    var found = try problems(address: "ftp://x", profile: "dvcqg-a", secrets: ["username": "u"], window: 0)
    found += try problems(secrets: ["apiKey": "k\r\nX: 1", "password": "p"], values: ["madonvi": "H99"])
    found += try problems(secrets: ["apiKey": "k\r\nX: 1"])
    found += try problems(
      address: "sftp://a.vn/vao", profile: "sftp", secrets: ["username": "a b", "key": "k"],
      values: ["hostKeys": "SHA256:" + String(repeating: "A", count: 43)])
    let profile = try ShippedProfile.read("rest")
    found += try problems {
      try Destination(
        party: "a", profile: profile, address: "http://a", secrets: ["apiKey": .text("k")], polls: ["la": nil],
        dictionaries: ["la": nil])
    }
    for problem in found {
      #expect(problem.message.isInBothLanguages && problem.remedy.isInBothLanguages, "\(problem)")
    }
    #expect(Set(found.map(\.code)) == Set(DestinationError.Problem.Code.allCases))
  }

  @Test("a window takes its limit and no more")
  func windowLimit() throws {
    #expect(try problems(window: Destination.windowLimit).isEmpty)
    #expect(try problems(window: Destination.windowLimit + 1).map(\.code) == [.outOfRange])
  }

  @Test("a secret that would begin a new header field is refused without being shown")
  func headerInjection() throws {
    let found = try problems(secrets: ["apiKey": "k\r\nX-Admin: 1"])
    #expect(found.map(\.code) == [.unsendableField])
    #expect(found.first?.message.english.contains("X-Api-Key") == true)
    #expect(!"\(found)".contains("Admin"))
  }

  @Test("printing or dumping a destination shows no secret")
  func noSecretPrinted() throws {
    let destination = try Destination.sample(
      "a", at: "http://127.0.0.1:1", profile: try ShippedProfile.read("oc-lgsp"), secrets: ["apiKey": "rất-bí-mật"])
    var dumped = ""
    dump([destination], to: &dumped)
    for text in ["\(destination)", String(reflecting: destination), dumped] {
      #expect(text.contains("a (oc-lgsp)"))
      #expect(!text.contains("mật"))
    }
  }

  static let addresses: [(String, Bool)] = [
    ("http://127.0.0.1:18442", true), ("https://lgsp.example.test/base/", true), ("http://[::1]:80", true),
    ("HTTP://a", false), ("a.example.test", false), ("http://", false), ("http://:80", false), ("http:///x", false),
    ("http://user:pw@a", false), ("http://a?x=1", false), ("http://a#x", false), ("http://a b", false),
    ("http://a/ü", false),
  ]

  @Test("an address is a scheme, a host and perhaps a path", arguments: addresses)
  func address(_ text: String, isAddress: Bool) throws {
    #expect(try problems(address: text).isEmpty == isAddress)
  }

  @Test("what a dossier's code puts into a path stays in its segment")
  func pathEncoding() throws {
    let profile = try SampleProfile.read(
      SampleProfile.replacing("path: /records", with: #"path: "/dossiers/{dossier}/records""#))
    let partner = try ScriptedPartner { _, _ in .answer(.text(200, #"{"code": 0}"#)) }
    let rig = try DelivererRig([try .sample("a", at: partner.address, profile: profile)])
    let message = try rig.record("H99/1 ?x=đ", "{}", to: "a")
    _ = try #require(try rig.store.deliveries(of: message, become: .delivered))
    #expect(partner.requests.first?.target == "/dossiers/H99%2F1%20%3Fx%3D%C4%91/records")
    #expect(partner.requests.first?.path == ["dossiers", "H99/1 ?x=đ", "records"])
  }
}

@Suite struct LoginReaderTests {
  static let oauth: [(status: Int, body: String, expected: LoginReader.Reading?)] = [
    (200, #"{"access_token": "t", "expires_in": 3600}"#, .token("t", lifetime: .seconds(3_570))),
    (200, #"{"access_token": "t", "expires_in": "100"}"#, .token("t", lifetime: .seconds(90))),
    (200, #"{"access_token": "t"}"#, .token("t", lifetime: .seconds(600))),
    (200, #"{"access_token": "t", "expires_in": -5}"#, .token("t", lifetime: .seconds(600))),
    (200, #"{"access_token": ""}"#, nil), (200, #"{"access_token": 5}"#, nil), (200, "{}", nil), (200, "", nil),
    (200, #"{"access_token": "a\r\nb"}"#, nil), (401, #"{"access_token": "t"}"#, nil),
    (200, "<html></html>", nil),
  ]

  @Test("a token answer is read as RFC 6749 says, and its end is met a little early", arguments: oauth.indices)
  func clientCredentials(_ index: Int) throws {
    let example = Self.oauth[index]
    let profile = try SampleProfile.read(
      SampleProfile.replacing(
        "authentication: none",
        with: "authentication: { clientCredentials: { path: /token, id: c, secret: s, lifetime: 10m } }"))
    try check(profile, example.status, example.body, example.expected)
  }

  static let portal: [(status: Int, body: String, expected: LoginReader.Reading?)] = [
    (200, #"{"error_code": 0, "session": "phien"}"#, .token("phien", lifetime: .seconds(1_800))),
    (200, #"{"error_code": "00", "session": "phien"}"#, .token("phien", lifetime: .seconds(1_800))),
    (200, #"{"error_code": "-1", "session": "phien"}"#, nil), (200, #"{"error_code": 0}"#, nil),
    (200, #"{"error_code": 0, "session": null}"#, nil), (200, #"{"session": "phien"}"#, nil), (500, "", nil),
    (200, #"{"error_code": 0, "session": "\#(String(repeating: "x", count: 16_385))"}"#, nil),
    (
      200, #"{"error_code": 0, "session": "\#(String(repeating: "x", count: 16_384))"}"#,
      .token(String(repeating: "x", count: 16_384), lifetime: .seconds(1_800))
    ),
  ]

  @Test("the portal's login succeeded when its code is zero and a session is there", arguments: portal.indices)
  func session(_ index: Int) throws {
    let example = Self.portal[index]
    try check(try ShippedProfile.read("dvcqg-a"), example.status, example.body, example.expected)
  }

  private func check(
    _ profile: PartnerProfile, _ status: Int, _ body: String, _ expected: LoginReader.Reading?
  ) throws {
    let reader = try #require(LoginReader(profile.authentication))
    let reading = reader.read(HTTPResponse(status: status, body: Array(body.utf8)))
    if let expected {
      #expect(reading == expected)
    } else if case .token = reading {
      Issue.record("a token was read where there is none")
    }
  }
}
