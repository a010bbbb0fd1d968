import CryptographyKit
import GatewayTesting
import Glibc
import HTTPKit
import JSONKit
import Synchronization
import Testing

/// Files through the built daemon: taken out of messages or by themselves, and put into messages again, byte for byte.
@Suite("A file's journey through the built daemon", .serialized, .timeLimit(.minutes(5)))
struct FileJourneyTests {
  private static let code = "H99.14-260101-0001"
  private static let pdf = Array("%PDF-1.4 giấy phép xây dựng thử nghiệm".utf8)

  /// What an agency reports, with this in the place of the file.
  private static func report(_ content: String, of code: String = Self.code) -> [UInt8] {
    let text = String(decoding: AgencyReport.result(of: code), as: UTF8.self)
    return Array(text.replacing(/<Base64>[^<]*<\/Base64>/, with: "<Base64>\(content)</Base64>").utf8)
  }

  /// A second agency that keeps what it gets.
  private final class Archive: Sendable {
    let partner: ScriptedPartner
    private final class Switch: Sendable { let isDown = Atomic<Bool>(false) }
    private let power: Switch

    init() throws {
      let power = Switch()
      self.power = power
      partner = try ScriptedPartner { _, _ in
        if power.isDown.load(ordering: .relaxed) { return .answer(.text(503, "down")) }
        return .answer(
          .text(
            200, "<MResult><Status>200</Status><Message>OK</Message></MResult>",
            headers: ["Content-Type": "application/xml"]))
      }
    }

    func setDown(_ isDown: Bool) { power.isDown.store(isDown, ordering: .relaxed) }
    var port: Int { Int(partner.address.split(separator: ":").last ?? "") ?? 0 }

    /// The bytes of the files in the last document, by asking its text: the gateway's own reader has no part in it.
    var files: [[UInt8]] {
      let text = String(decoding: partner.requests.last?.body ?? [], as: UTF8.self)
      return text.matches(of: /<Base64>([^<]*)<\/Base64>/).compactMap { try? Base64.decode(String($0.1)) }
    }
  }

  private static func site(_ archive: Archive) -> TestSite {
    let site = TestSite(secondAgency: archive.port)
    site.append(
      "  - { name: lưu trữ, message: dossier, from: [so-xay-dung], to: [so-tu-phap] }", to: "routes.yaml")
    return site
  }

  private static func post(_ visitor: Visitor, _ report: [UInt8]) -> HTTPResponse? {
    visitor.send(
      .post, "/v1/messages", key: TestSite.agencyKey, headers: ["Content-Type": "application/xml"], body: report)
  }

  /// The address of the first result or file in the message that waits for a party.
  private static func address(_ visitor: Visitor, for key: String) throws -> String {
    let inbox = try #require(visitor.send(.get, "/v1/inbox", key: key))
    let text = String(decoding: inbox.body, as: UTF8.self).replacing("\\/", with: "/")
    let match = try #require(text.firstMatch(of: /http:\/\/gateway\.invalid(\/v1\/files\/[^"\\]+)/), "\(text)")
    return String(match.1)
  }

  @Test("claimed, killed before it is delivered, it arrives whole inside one message and by its address in another")
  func claimAcrossAKill() throws {
    let archive = try Archive()
    archive.setDown(true)
    let site = Self.site(archive)
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log1")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    // What the agency does not know of the dossier is known from its sender.
    try #require(visitor.lodge(Dossiers.json(Self.code))?.status == 202)
    try #require(Self.post(visitor, Self.report(Base64.encode(Self.pdf)))?.status == 202)
    daemon.process.killGroup()
    _ = daemon.process.wait()
    archive.setDown(false)

    let again = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log2")
    let guest = try Visitor(port: try #require(again.waitUntilListening()))
    #expect(Patience.until { guest.states(of: Self.code, to: "so-tu-phap") == ["delivered"] })
    #expect(archive.files == [Self.pdf])

    let target = try Self.address(guest, for: TestSite.senderKey)
    let fetched = try #require(guest.send(.get, target))
    #expect(fetched.status == 200 && fetched.body == Self.pdf)
    #expect(fetched.headers["Content-Disposition"] == "attachment")
    // The address is good for this file and this time only.
    #expect(guest.send(.get, target + "x")?.status == 403)
    #expect(guest.send(.get, target.replacing(/until=[0-9]+/, with: "until=9999999999"))?.status == 403)
    // By credentials: its sender, its recipients and the operator; nobody else, and nobody without.
    let sha256 = Hexadecimal.encode(SHA256.hash(Self.pdf))
    for (key, status) in [
      (TestSite.agencyKey, 200), ("so-tu-phap", 200), (TestSite.senderKey, 200), (TestSite.operatorKey, 200),
      ("sai", 401),
    ] {
      #expect(guest.send(.get, "/v1/files/\(sha256)", key: key)?.status == status, "\(key)")
    }
    #expect(guest.send(.get, "/v1/files/\(sha256)")?.status == 401)
  }

  @Test("handed over by itself and named in a message, it is the sender's to name and nobody else's")
  func handedOver() throws {
    let archive = try Archive()
    let site = Self.site(archive)
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    try #require(visitor.lodge(Dossiers.json(Self.code))?.status == 202)
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 9) }
    let sha256 = Hexadecimal.encode(SHA256.hash(bytes))
    // Somebody else hands it over: that gives the agency no right to name it.
    #expect(visitor.send(.put, "/v1/files", key: TestSite.senderKey, body: bytes)?.status == 201)
    let reference = "urn:sha256:\(sha256);bytes=\(bytes.count)"
    #expect(Self.post(visitor, Self.report(reference))?.status == 422)
    #expect(visitor.send(.get, "/v1/files/\(sha256)", key: TestSite.agencyKey)?.status == 404)

    let answer = try #require(visitor.send(.post, "/v1/files", key: TestSite.agencyKey, body: bytes))
    #expect(answer.status == 200 && visitor.json(answer)?["reference"]?.string == reference)
    #expect(Self.post(visitor, Self.report(reference))?.status == 202)
    #expect(Patience.until { visitor.states(of: Self.code, to: "so-tu-phap") == ["delivered"] })
    #expect(archive.files == [bytes])
    let part = try #require(
      visitor.send(.get, "/v1/files/\(sha256)", key: TestSite.agencyKey, headers: ["Range": "bytes=10-19"]))
    #expect(part.status == 206 && part.body == Array(bytes[10..<20]))
    #expect(part.headers["Content-Range"] == "bytes 10-19/\(bytes.count)")
  }

  @Test("of a message that is refused, it is named by nothing, and nobody can ask for it")
  func refusedMessage() throws {
    let archive = try Archive()
    let site = Self.site(archive)
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    try #require(visitor.lodge(Dossiers.json(Self.code))?.status == 202)
    let refused = Array("%PDF-1.4 bị từ chối".utf8)
    let broken = String(decoding: Self.report(Base64.encode(refused)), as: UTF8.self)
      .replacing("<ReturnedType>0<", with: "<ReturnedType>77<")
    #expect(Self.post(visitor, Array(broken.utf8))?.status == 422)
    let sha256 = Hexadecimal.encode(SHA256.hash(refused))
    #expect(visitor.send(.get, "/v1/files/\(sha256)", key: TestSite.agencyKey)?.status == 404)
    // The same file in a message that is taken is there.
    #expect(Self.post(visitor, Self.report(Base64.encode(refused)))?.status == 202)
    #expect(visitor.send(.get, "/v1/files/\(sha256)", key: TestSite.agencyKey)?.body == refused)
  }

  /// The most resident memory a process has had, in MiB.
  private static func peak(of pid: Int32) -> Int {
    let status = String(decoding: TestFiles.read("/proc/\(pid)/status"), as: UTF8.self)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line.flatMap { Int($0.filter(\.isNumber)) } ?? 0) / 1_024
  }

  private final class Meter: HTTPDownloadSink {
    private let total = Atomic<Int>(0)
    var count: Int { total.load(ordering: .relaxed) }

    func receive(_ piece: UnsafeRawBufferPointer) -> Bool {
      total.add(piece.count, ordering: .relaxed)
      return true
    }
  }

  @Test("of 192 MiB goes in and out, and the daemon grows by less than a third of it")
  func constantMemory() throws {
    let site = TestSite(largestFile: "1GiB")
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let port = try #require(daemon.waitUntilListening())
    let count = 192 << 20
    // A file without blocks: its zeros are read and sent like any bytes.
    var template = Array((site.folder.path + "/large-XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    unlink(template)
    try #require(ftruncate(descriptor, off_t(count)) == 0)
    let idle = Self.peak(of: daemon.process.pid)
    let client = try HTTPClient()
    defer { client.stop() }
    let patience = HTTPClientTimeouts(firstByte: nil, whole: .seconds(240))
    var request = HTTPClientRequest(
      method: .put, url: "http://127.0.0.1:\(port)/v1/files", headers: ["X-Api-Key": TestSite.agencyKey],
      timeouts: patience)
    request.upload = HTTPBodySource(takingOwnershipOf: descriptor, range: 0..<count)
    let answer = try #require(client.sendBlocking(request).response)
    try #require(answer.status == 201)
    let place = try #require(answer.headers["Location"])
    let meter = Meter()
    var question = HTTPClientRequest(
      method: .get, url: "http://127.0.0.1:\(port)\(place)", headers: ["X-Api-Key": TestSite.agencyKey],
      timeouts: patience, responseBytesLimit: count)
    question.download = meter
    #expect(client.sendBlocking(question).response?.status == 200)
    #expect(meter.count == count)
    let grown = Self.peak(of: daemon.process.pid) - idle
    #expect(grown < 64, "grown by \(grown) MiB")
  }
}
