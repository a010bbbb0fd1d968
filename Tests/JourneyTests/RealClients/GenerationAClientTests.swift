import GatewayTesting
import HTTPKit
import JSONKit
import Simulation
import Testing

/// `generation_a.py`, which knows the protocol and not the gateway, at the generation-A door of the built daemon.
@Suite("A one-stop system that is none of ours", .serialized, .timeLimit(.minutes(5)))
struct GenerationAClientTests {
  private static let code = "H99.14-260101-0001"
  private static let progressEntries = 23

  private let portal: PortalSimulator
  private let portalServer: SimulatorServer
  private let site: TestSite

  init() throws {
    var configuration = PortalConfiguration()
    configuration.username = "lienthong"
    configuration.password = TestSite.password
    configuration.destinationCode = "VN:THU"
    configuration.agencies = ["H99"]
    configuration.asksForNewerFields = true
    portal = PortalSimulator(configuration: configuration)
    portalServer = try SimulatorServer(partner: portal)
    site = TestSite(portal: Int(portalServer.port))
  }

  private func start(sessionLifetime: String = "30m") throws -> (daemon: DaemonProcess, port: Int) {
    TestFiles.write(
      """
      {
        "MATTHC": "\(Dossiers.construction)",
        "TENTTHC": "Thủ tục thử nghiệm",
        "LINHVUCTHUCHIEN": [{ "MALINHVUC": "G17-THU", "TENLINHVUC": "Lĩnh vực thử nghiệm" }]
      }
      """, to: site.site + "/dictionaries/LayThuTuc/\(Dossiers.construction).json")
    site.furnishDoor("dictionaries: dictionaries, sessionLifetime: \(sessionLifetime)")
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    return (daemon, try #require(daemon.waitUntilListening(), "\(daemon.process.output)"))
  }

  private func run(
    _ scenario: String, port: Int, summary: String = "Xin phép", password: String = TestSite.password, pause: Int = 0
  ) throws -> ClientScript {
    try ClientScript("generation_a.py", [scenario]) { writer in
      for (name, value) in [
        ("adapter_url", "http://127.0.0.1:\(port)/dvcqg"), ("auth_endpoint", "/login"),
        ("integration_endpoint", "/service"), ("share_endpoint", "/service"), ("madonvi", "H99"),
        ("dstcode", "VN:THU"), ("username", "mot-cua"), ("password", password), ("mahoso", Self.code),
        ("matthc", Dossiers.construction), ("trichyeu", summary),
      ] {
        writer.name(name)
        writer.string(value)
      }
      writer.name("tiendo")
      writer.integer(Self.progressEntries)
      writer.name("pause")
      writer.integer(pause)
    }
  }

  /// What the portal holds of the dossier, once `isThere` is true of it.
  private func held(_ isThere: (JSONValue) -> Bool) throws -> JSONValue {
    let looker = try Visitor(port: Int(portalServer.port))
    var found: JSONValue?
    let isComplete = Patience.until {
      found = looker.json(looker.send(.get, "/_simulator/dossiers/\(Self.code)"))
      return found.map(isThere) ?? false
    }
    try #require(isComplete, "the portal has \(found.map { String(decoding: $0.document.bytes, as: UTF8.self) } ?? "")")
    return try #require(found)
  }

  @Test("asks, creates, tells its progress ten entries a call, and all of it is at the agency's and at the portal")
  func asksThenSends() throws {
    defer { portalServer.stop() }
    let (daemon, port) = try start()
    let client = try run("ask-then-send", port: port)
    #expect(client.exitCode == 0, "\(client.errors)")
    let progress = [String](repeating: "CapNhatTienDoHoSoMC", count: 3)
    #expect(client.names == ["login", "LayThuTuc", "TraCuuHoSo", "DongBoHoSoMC"] + progress)
    for step in client.steps {
      #expect(step["ok"]?.boolean == true && step["http"]?.integer == 200)
      #expect(step["type"]?.string?.hasPrefix("application/json") == true)
    }
    #expect(client.steps("LayThuTuc").first?["result"]?[0]?["TENTTHC"]?.string == "Thủ tục thử nghiệm")
    #expect(client.steps("TraCuuHoSo").first?["result"]?.count == 0)
    #expect(client.steps("DongBoHoSoMC").first?["isUpdating"]?.string == "False")
    let calls = client.steps("CapNhatTienDoHoSoMC")
    #expect(calls.map { $0["elements"]?.integer } == [10, 10, 3])
    #expect(calls.map { $0["result"]?.count } == [10, 10, 3], "each entry has a receipt")

    let visitor = try Visitor(port: port)
    #expect(visitor.states(of: Self.code, to: "so-xay-dung") == ["ready"], "it waits in the agency's inbox")
    let inbox = try #require(visitor.send(.get, "/v1/inbox", key: TestSite.agencyKey))
    #expect(String(decoding: inbox.body, as: UTF8.self).contains(Self.code))
    let dossier = try held { ($0["progressEntries"]?.count ?? 0) >= Self.progressEntries }
    #expect(dossier["version"]?.integer == 1 && dossier["progressEntries"]?.count == Self.progressEntries)
    #expect(dossier["dossier"]?["TenTTHC"]?.string == "Thủ tục thử nghiệm")
    #expect(dossier["dossier"]?["ChuHoSo"]?.string == "Đặng Thị Thử")
    #expect(dossier["dossier"]?["DinhDanhCHS"]?[0]?["SoDinhDanh"]?.string == "001099000001")
    let told = try #require(dossier["progressEntries"]).elements.compactMap { $0["NoiDungXuLy"]?.string }
    let steps = (1...(Self.progressEntries - 2)).map { "Xử lý bước \($0)" }
    #expect(told == ["Tiếp nhận hồ sơ"] + steps + ["Đã xử lý xong"], "in the order in which they were told")
    withExtendedLifetime(daemon) {}
  }

  @Test("asks again about what it sent before, finds it and updates it")
  func asksAndFinds() throws {
    defer { portalServer.stop() }
    let (daemon, port) = try start()
    #expect(try run("ask-then-send", port: port).exitCode == 0)
    let client = try run("ask-then-send", port: port, summary: "Xin phép, có sửa")
    #expect(client.exitCode == 0, "\(client.errors)")
    #expect(client.steps("TraCuuHoSo").first?["result"]?[0]?["MaHoSo"]?.string == Self.code)
    #expect(client.steps("DongBoHoSoMC").map { $0["isUpdating"]?.string } == ["True"])
    let dossier = try held { $0["version"]?.integer == 2 }
    #expect(dossier["dossier"]?["TrichYeuHoSo"]?.string == "Xin phép, có sửa")
    withExtendedLifetime(daemon) {}
  }

  @Test("that never asks is told \"đã tồn tại\", and its update with the same body is taken")
  func createsThenUpdates() throws {
    defer { portalServer.stop() }
    let (daemon, port) = try start()
    let first = try run("create-then-update", port: port)
    #expect(first.exitCode == 0, "\(first.errors)")
    #expect(first.steps("DongBoHoSoMC").map { $0["isUpdating"]?.string } == ["False"])
    let second = try run("create-then-update", port: port, summary: "Xin phép, có sửa")
    #expect(second.exitCode == 0, "\(second.errors)")
    #expect(second.names.filter { $0 == "login" }.count == 1, "the answer is no reason to log in again")
    let calls = second.steps("DongBoHoSoMC")
    #expect(calls.map { $0["isUpdating"]?.string } == ["False", "True"])
    #expect(calls.map { $0["ok"]?.boolean } == [false, true])
    #expect(calls.first?["message"]?.string?.contains("đã tồn tại") == true)
    #expect(calls.last?["message"]?.string?.contains("thành công") == true)
    let dossier = try held { $0["version"]?.integer == 2 }
    #expect(dossier["dossier"]?["TrichYeuHoSo"]?.string == "Xin phép, có sửa")
    withExtendedLifetime(daemon) {}
  }

  @Test("whose session has ended is told so by a failed call, and gets its answer after one more login")
  func sessionEnds() throws {
    defer { portalServer.stop() }
    let (daemon, port) = try start(sessionLifetime: "3s")
    #expect(try #require(Visitor(port: port).lodge(Dossiers.json(Self.code))).status == 202)
    let client = try run("look-up-after-pause", port: port, pause: 4)
    #expect(client.exitCode == 0, "\(client.errors)")
    #expect(client.names == ["login", "TraCuuHoSo", "login", "TraCuuHoSo"])
    #expect(client.steps.map { $0["ok"]?.boolean } == [true, false, true, true])
    #expect(client.steps.last?["result"]?[0]?["MaHoSo"]?.string == Self.code)
    withExtendedLifetime(daemon) {}
  }

  @Test("with a wrong password is refused at the login, and goes no further")
  func wrongPassword() throws {
    defer { portalServer.stop() }
    let (daemon, port) = try start()
    let client = try run("ask-then-send", port: port, password: "sai")
    #expect(client.exitCode == 1 && client.names == ["login"])
    #expect(client.steps.first?["ok"]?.boolean == false && client.steps.first?["error_code"]?.integer != 0)
    withExtendedLifetime(daemon) {}
  }
}
