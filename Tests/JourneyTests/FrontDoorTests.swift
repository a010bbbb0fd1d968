import GatewayTesting
import HTTPKit
import JSONKit
import Testing

/// The generation-A door of the built daemon, as an existing one-stop system meets it.
@Suite("A one-stop system at the generation-A door", .serialized, .timeLimit(.minutes(5)))
struct FrontDoorTests {
  private let site = TestSite()
  private let daemon: DaemonProcess
  private let visitor: Visitor

  init() throws {
    daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
  }

  private func post(_ path: String, _ body: String) throws -> JSONValue {
    let headers: HTTPHeaders = ["Content-Type": "application/json", "Charset": "utf-8"]
    let response = try #require(visitor.send(.post, path, headers: headers, body: Array(body.utf8)))
    #expect(response.status == 200, "the tongue says everything with 200")
    #expect(response.headers["Content-Type"]?.hasPrefix("application/json") == true)
    return try JSONDocument(parsing: response.body).root
  }

  private func session() throws -> String {
    let answer = try post("/dvcqg/login", #"{"username":"mot-cua","password":"\#(TestSite.password)"}"#)
    #expect(answer["error_code"]?.integer == 0)
    return try #require(answer["session"]?.string)
  }

  private func synchronise(_ session: String, _ dossiers: [[UInt8]], isUpdating: String = "False") throws -> JSONValue {
    let data = dossiers.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ",\n")
    return try post(
      "/dvcqg/service",
      "{\"session\":\"\(session)\",\"madonvi\":\"H99\",\"service\":\"DongBoHoSoMC\",\"isUpdating\":\"\(isUpdating)\",\n"
        + "\"data\":[\(data)]}")
  }

  @Test("logs in, sends dossiers, reports progress and looks them up")
  func ordinaryDay() throws {
    let session = try session()
    let codes = ["H99.14-260101-0001", "H99.14-260101-0002"]
    let sent = try synchronise(session, codes.map { Dossiers.json($0) })
    #expect(sent["error_code"]?.integer == 0 && sent["result"]?.count == 2)
    let progress = try post(
      "/dvcqg/service",
      """
      {"session":"\(session)","madonvi":"H99","service":"CapNhatTienDoHoSoMC","data":[{"MaHoSo":"\(codes[0])",
      "NguoiXuLy":"Trịnh Văn Khải","ThoiDiemXuLy":"20260102091500","TrangThai":"4"}]}
      """)
    #expect(progress["error_code"]?.integer == 0, "\(progress["message"]?.string ?? "")")
    for code in codes {
      #expect(visitor.states(of: code, to: "so-xay-dung") == ["ready"])
      let found = try post(
        "/dvcqg/service", #"{"session":"\#(session)","madonvi":"H99","service":"TraCuuHoSo","mahoso":"\#(code)"}"#)
      #expect(found["result"]?[0]?["MaHoSo"]?.string == code)
    }
    // The second message about the dossier waits for the first: a status never overtakes the dossier itself.
    #expect(visitor.states(of: codes[0], to: "cong") == ["ready", "waiting"])
  }

  @Test("is told where a dossier breaks which rule, in both languages, and nothing of the call is kept")
  func refused() throws {
    let session = try session()
    let good = Dossiers.json("H99.14-260101-0001")
    let wrong = String(decoding: Dossiers.json("H99.14-260101-0002"), as: UTF8.self)
      .replacingMember("NgayTiepNhan", with: "\"20/11/2026\"")
    let answer = try synchronise(session, [good, Array(wrong.utf8)])
    #expect(answer["error_code"]?.integer == -1)
    let message = try #require(answer["message"]?.string)
    for part in ["/data/1/NgayTiepNhan", "dòng 3, cột", "line 3, column", "[pattern]"] {
      #expect(message.contains(part), "\(part): \(message)")
    }
    #expect(!message.contains("20/11/2026"))
    let finding = try #require(answer["errors"]?[0])
    #expect(finding["path"]?.string == "/data/1/NgayTiepNhan" && finding["line"]?.integer == 3)
    #expect(finding["messageVi"]?.string?.isEmpty == false && finding["messageEn"]?.string?.isEmpty == false)
    #expect(visitor.send(.get, "/v1/dossiers/H99.14-260101-0001", key: TestSite.operatorKey)?.status == 404)
  }

  @Test("is told that a dossier exists, and turns to updating, as with the portal itself")
  func alreadyThere() throws {
    let session = try session()
    let first = Dossiers.json("H99.14-260101-0001")
    let later = Dossiers.json("H99.14-260101-0001", summary: "Đã sửa")
    #expect(try synchronise(session, [first])["error_code"]?.integer == 0)
    #expect(try synchronise(session, [first])["error_code"]?.integer == 0)
    let refused = try synchronise(session, [later])
    #expect(refused["error_code"]?.integer == 3 && refused["message"]?.string?.contains("đã tồn tại") == true)
    #expect(try synchronise(session, [later], isUpdating: "True")["error_code"]?.integer == 0)
    #expect(visitor.states(of: "H99.14-260101-0001", to: "cong").count == 2)
  }

  @Test("has to log in again after the gateway's restart, and finds its dossiers as they were")
  func restart() throws {
    let session = try session()
    #expect(try synchronise(session, [Dossiers.json("H99.14-260101-0001")])["error_code"]?.integer == 0)
    daemon.process.signal(15)
    #expect(daemon.process.wait() == .exited(0))
    let again = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log2")
    let client = try Visitor(port: try #require(again.waitUntilListening()))
    func ask(_ path: String, _ body: String) -> JSONValue? {
      client.json(client.send(.post, path, headers: ["Content-Type": "application/json"], body: Array(body.utf8)))
    }
    func lookUp(_ session: String) -> JSONValue? {
      ask(
        "/dvcqg/service",
        #"{"session":"\#(session)","madonvi":"H99","service":"TraCuuHoSo","mahoso":"H99.14-260101-0001"}"#)
    }
    #expect(lookUp(session)?["error_code"]?.integer == -1)
    let login = ask("/dvcqg/login", #"{"username":"mot-cua","password":"\#(TestSite.password)"}"#)
    let fresh = try #require(login?["session"]?.string)
    #expect(lookUp(fresh)?["result"]?[0]?["MaHoSo"]?.string == "H99.14-260101-0001")
  }
}

extension String {
  /// The JSON text with another value for a member whose value is a text without escapes.
  fileprivate func replacingMember(_ name: String, with value: String) -> String {
    let start = "\"\(name)\":\""
    let bytes = Array(utf8)
    let wanted = Array(start.utf8)
    guard
      let place = (0...(bytes.count - wanted.count)).first(where: {
        bytes[$0..<($0 + wanted.count)].elementsEqual(wanted)
      }), let end = bytes[(place + wanted.count)...].firstIndex(of: UInt8(ascii: "\""))
    else { preconditionFailure("the document has no member \(name)") }
    return String(decoding: bytes[..<place] + Array("\"\(name)\":\(value)".utf8) + bytes[(end + 1)...], as: UTF8.self)
  }
}
