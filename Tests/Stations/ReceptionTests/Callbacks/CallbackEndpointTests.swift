import CryptographyKit
import DocumentKit
import DossierModel
import DossierStore
import HTTPKit
import Reception
import ServiceKit
import Testing

@Suite("A partner that calls us by its own rules")
struct CallbackEndpointTests {
  private static let answers = """
      answers:
        accepted: { json: { Result: 1, Message: "" } }
        refused: { json: { Result: 0, Message: "{reason}" } }
        unauthenticated: { text: "Mã bảo mật không đúng" }
        unavailable: { json: { Result: 0, Message: "{reason}" } }
    """

  private let rig: ReceptionRig
  init() throws { rig = try ReceptionRig() }

  private func profile(_ text: String) throws -> CallbackProfile {
    let reader = ConfigurationReader(try YAMLDocument(parsing: text, file: "thu.yaml"))
    let profile = CallbackProfile(
      reading: reader.root, profile: "thu", formats: ["ho-so": .json, "tai-lieu": .xml, "bi-cam": .json])
    try reader.finish()
    return try #require(profile)
  }

  private func endpoint(key: String, type: String = "ho-so", also answer: String = "") throws -> CallbackEndpoint {
    let key = key.isEmpty ? "" : "  key: \(key)\n"
    let text = "callbacks:\n\(key)  paths: { goi/ho-so: \(type) }\n\(Self.answers)\(answer)"
    return CallbackEndpoint(
      try profile(text), type: try #require(ReceptionRig.types.first { $0.name == "thu/\(type)" }), intake: rig.intake,
      authenticator: rig.authenticator)
  }

  private func call(
    _ endpoint: CallbackEndpoint, _ body: String, headers: HTTPHeaders = [:]
  ) throws -> (status: Int, text: String, retryAfter: String?) {
    let answer = try rig.answer(
      of: endpoint,
      to: HTTPRequest(method: .post, target: "/", path: ["x"], headers: headers, body: Array(body.utf8)))
    return (answer.status, String(decoding: answer.body, as: UTF8.self), answer.headers["Retry-After"])
  }

  private static let yes = #"{"Result":1,"Message":""}"#

  @Test("is known by the key in its body, is answered in its own words, and the key is not stored")
  func member() throws {
    let endpoint = try endpoint(key: "{ member: MaBaoMat }")
    let body = "{\"MaHoSo\": \"H1\", \"MaBaoMat\": \"\(ReceptionRig.key)\"}"
    #expect(try call(endpoint, body, headers: ["Content-Type": "text/plain"]).text == Self.yes)
    let message = try #require(try rig.store.latestMessage(of: "H1", from: "mot-cua"))
    let stored = try #require(try rig.store.body(of: message.envelope.id))
    #expect(String(decoding: stored, as: UTF8.self) == #"{"MaHoSo": "H1", "MaBaoMat": ""}"#)
    // The same again is the same message.
    #expect(try call(endpoint, body).text == Self.yes)
    #expect(try rig.store.timeline(of: "H1", visibleTo: nil)?.messages.count == 1)
  }

  @Test("is told that a message was there where it has a word for that, of the same message alone")
  func alreadyThere() throws {
    let endpoint = try endpoint(
      key: "{ header: X-Ma }", also: "\n    alreadyThere: { json: { Result: 2, Message: Da co } }")
    func answers(_ body: String) throws -> String { try call(endpoint, body, headers: ["X-Ma": ReceptionRig.key]).text }
    #expect(try answers(#"{"MaHoSo":"H1"}"#) == Self.yes)
    #expect(try answers(#"{"MaHoSo":"H1"}"#) == #"{"Result":2,"Message":"Da co"}"#)
    #expect(try answers(#"{"MaHoSo": "H1"}"#) == Self.yes, "other bytes are news of the dossier")
    #expect(try rig.store.timeline(of: "H1", visibleTo: nil)?.messages.count == 2)
  }

  @Test("with a wrong key, or none, is told so and leaves nothing", arguments: ["\"khac\"", "null", "7", ""])
  func stranger(key: String) throws {
    let endpoint = try endpoint(key: "{ member: MaBaoMat }")
    let answer = try call(endpoint, key.isEmpty ? #"{"MaHoSo":"H1"}"# : "{\"MaHoSo\":\"H1\",\"MaBaoMat\":\(key)}")
    #expect(answer.status == 401 && answer.text == "Mã bảo mật không đúng")
    #expect(try rig.store.timeline(of: "H1", visibleTo: nil) == nil)
    #expect(try rig.refusals() == ["unknown: unauthenticated"])
  }

  @Test("can be known by a field, or as clients of the v1 API are")
  func otherKeys() throws {
    let header = try endpoint(key: "{ header: X-Ma }")
    #expect(try call(header, #"{"MaHoSo":"H1"}"#, headers: ["X-Ma": ReceptionRig.key]).text == Self.yes)
    #expect(try call(header, #"{"MaHoSo":"H1"}"#, headers: ["X-Api-Key": ReceptionRig.key]).status == 401)
    #expect(try call(header, "{", headers: [:]).status == 401, "a stranger is not told how to write")
    let standard = try endpoint(key: "", type: "tai-lieu")
    #expect(try call(standard, "<TaiLieu>H2</TaiLieu>", headers: ["X-Api-Key": ReceptionRig.key]).text == Self.yes)
    #expect(try call(standard, "<TaiLieu>H2</TaiLieu>").status == 401)
  }

  @Test("is told what is wrong with a message and where, without its values")
  func refused() throws {
    let endpoint = try endpoint(key: "{ member: MaBaoMat }")
    let answer = try call(endpoint, "{\"MaHoSo\":\"H1\",\"Sai\":\"bi mat\",\"MaBaoMat\":\"\(ReceptionRig.key)\"}")
    #expect(
      answer.text
        == #"{"Result":0,"Message":"thông điệp vi phạm 1 quy tắc; /Sai: không được có trường này"}"#)
    let half = try call(endpoint, #"{"MaHoSo":"H1""#)
    #expect(half.status == 200 && half.text.hasPrefix(#"{"Result":0"#) && !half.text.contains("H1"))
    let forbidden = try self.endpoint(key: "{ member: MaBaoMat }", type: "bi-cam")
    let other = try call(forbidden, "{\"MaHoSo\":\"H1\",\"Cam\":1,\"MaBaoMat\":\"\(ReceptionRig.key)\"}")
    #expect(other.text.contains("không được gửi"))
  }

  @Test("is told to come again while nothing can be stored")
  func unavailable() throws {
    rig.gate.isOpen = false
    let answer = try call(
      try endpoint(key: "{ member: MaBaoMat }"), "{\"MaHoSo\":\"H1\",\"MaBaoMat\":\"\(ReceptionRig.key)\"}")
    #expect(answer.status == 503 && answer.text.contains("hết chỗ") && answer.retryAfter != nil)
  }

  @Test(
    "has a file whose mistakes are told with their places",
    arguments: [
      ("paths: { a: hoso }", "2:15", "did you mean ‘ho-so’"),
      ("paths: { a/../b: ho-so }", "2:20", "no path"),
      ("paths: { \"a b\": ho-so }", "2:19", "no path"),
      ("paths: {}", "2:10", "nothing is called"),
      ("key: { member: a }\n  paths: { a: tai-lieu }", "3:15", "no member for the key"),
      ("key: { member: a, header: b }\n  paths: { a: ho-so }", "2:8", "one place"),
    ])
  func faults(lines: String, place: String, says: String) throws {
    let error = try #require(throws: ConfigurationErrors.self) {
      try profile("callbacks:\n  \(lines)\n\(Self.answers)")
    }
    #expect(error.description.contains(says), "\(error.description)")
    #expect(error.description.contains("thu.yaml:\(place)"), "\(error.description)")
  }
}
