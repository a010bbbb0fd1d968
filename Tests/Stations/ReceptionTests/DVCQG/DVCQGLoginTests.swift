import DossierModel
import HTTPKit
import JSONKit
import Reception
import ServiceKit
import Testing

@Suite("The generation-A door: login and session")
struct DVCQGLoginTests {
  private let rig: ReceptionRig
  init() throws { rig = try ReceptionRig() }

  private func code(_ response: HTTPResponse) throws -> Int? { try rig.json(response)["error_code"]?.integer }

  @Test("the right password opens a session; everything else is told the same, with HTTP 200 as the tongue has it")
  func login() throws {
    let good = try rig.logIn()
    #expect(try good.status == 200 && code(good) == 0)
    #expect(try rig.json(good)["session"]?.string?.isEmpty == false)
    let wrong = [
      try rig.logIn("mot-cua-a", "sai"), try rig.logIn("la", ReceptionRig.password), try rig.logIn("mot-cua-a", ""),
    ]
    for answer in wrong {
      #expect(try answer.status == 200 && code(answer) == -1)
      #expect(answer.body == wrong[0].body)
      #expect(try rig.json(answer)["session"] == nil)
    }
  }

  @Test(
    "a login that is no JSON, or whose fields are no texts, is a wrong login",
    arguments: ["", "[]", "{}", "{\"username\":1,\"password\":2}", "{"])
  func brokenLogin(body: String) throws {
    let request = HTTPRequest(method: .post, target: "/login", path: ["login"], body: Array(body.utf8))
    #expect(try code(rig.answer(of: rig.door.login, to: request)) == -1)
  }

  @Test("when no more passwords can be compared the answer is 503, so that every client comes again")
  func busy() throws {
    rig.verifier.stop()
    let answer = try rig.logIn()
    #expect(try answer.status == 503 && code(answer) == -1)
    #expect(answer.headers["Retry-After"] == "1")
  }

  @Test("a session works until its lifetime is over; then, or without one, the client is told to log in again")
  func expiry() throws {
    let session = try rig.session()
    let call = #"{"session":"\#(session)","service":"LayDanhMucCoQuan"}"#
    rig.time.advance(by: rig.sessions.lifetime - .microseconds(1))
    #expect(try code(rig.call(call)) == 0)
    rig.time.advance(by: .microseconds(1))
    let bodies = [
      call, #"{"service":"LayDanhMucCoQuan"}"#, #"{"session":"","service":"LayDanhMucCoQuan"}"#,
      #"{"session":1,"service":"LayDanhMucCoQuan"}"#,
    ]
    for body in bodies {
      let answer = try rig.call(body)
      #expect(try answer.status == 200 && code(answer) == -1)
      #expect(try rig.json(answer)["message"]?.string?.contains("Phiên làm việc") == true)
    }
  }

  @Test("an access token of the v1 API is no session, and a session no access token")
  func apart() throws {
    let token = rig.tokens.open(for: "mot-cua-a")
    #expect(try code(rig.call(#"{"session":"\#(token)","service":"LayDanhMucCoQuan"}"#)) == -1)
    let session = try rig.session()
    #expect(try rig.post("{}", headers: ["Authorization": "Bearer \(session)"]).status == 401)
  }

  @Test("lists and procedures answer from the site's dictionaries; what the site has not is an empty list")
  func dictionaries() throws {
    let session = try rig.session()
    func result(_ service: String) throws -> JSONValue? {
      let answer = try rig.call(#"{"session":"\#(session)","service":\#(service)}"#)
      #expect(try answer.status == 200 && code(answer) == 0)
      return try rig.json(answer)["result"]
    }
    let agencies = try #require(try result(#""LayDanhMucCoQuan""#))
    #expect(agencies.elements.map { $0["MACOQUAN"]?.string } == ["H99"])
    #expect(try result(#""LayDanhMucLinhVuc""#)?.count == 0)
    #expect(try result(#""LayDanhSachTTHC""#)?.count == 0)
    let procedure = try #require(try result(#""LayThuTuc","maTTHC":"1.009994""#))
    #expect(procedure.elements.map { $0["MATTHC"]?.string } == ["1.009994"])
    #expect(try result(#""LayThuTuc","maTTHC":"1.000000""#)?.count == 0)
    #expect(try result(#""LayThuTuc""#)?.count == 0)
  }

  @Test("a service that is none is told so", arguments: [#""Xoa""#, "1", "null", #""""#])
  func unknownService(name: String) throws {
    let answer = try rig.call(#"{"session":"\#(try rig.session())","service":\#(name)}"#)
    #expect(try answer.status == 200 && code(answer) == -1)
    #expect(try rig.json(answer)["message"]?.string?.contains("dịch vụ") == true)
  }

  @Test("what is no JSON is refused with its place")
  func notJSON() throws {
    let answer = try rig.call("{\n\"session\":")
    #expect(try answer.status == 200 && code(answer) == -1)
    #expect(try rig.json(answer)["errors"]?.elements.first { _ in true }?["line"]?.integer == 2)
  }
}
