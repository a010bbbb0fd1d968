import CryptographyKit
import DossierModel
import DossierStore
import Gateway
import GatewayTesting
import Glibc
import HTTPKit
import JSONKit
import Testing

/// The poll of the profile `sftp` through the whole gateway, in a folder of OpenSSH's own server.
@Suite("A partner that puts dossiers into a folder", .serialized, .timeLimit(.minutes(4)))
struct FolderPollJourneyTests {
  private static let code = "H99.14-260101-0001"
  private static let readerKey = "khoa-thu-nguoi-nhan"

  private let server = TemporarySFTPServer()
  private let site = TestSite()

  private var outbox: String { server.inbox + "/gui-di" }

  /// What the party `thu-muc` puts into its folder goes to the inbox of `nguoi-nhan`.
  private func start() throws -> Running {
    for name in ["/da-nhan", "/khong-nhan"] { _ = ProgramRun(["mkdir", "-p", outbox + name]) }
    TestFiles.write(String(decoding: server.key, as: UTF8.self), to: site.site + "/secrets/sftp.key")
    TestFiles.write(server.user, to: site.site + "/secrets/sftp.user")
    TestFiles.write(
      """
      party: thu-muc
      name: Thư mục (thử)
      sends: [sftp/dossier, sftp/progress]
      receives:
        profile: sftp
        address: sftp://127.0.0.1:\(server.port)\(server.inbox)
        secrets: { username: "file:../secrets/sftp.user", key: "file:../secrets/sftp.key" }
        values: { hostKeys: "\(server.fingerprint)" }
        timeouts: { connect: 5s, answer: 10s }
        retry: { minimum: 100ms, maximum: 200ms, lifetime: 1h }
        polls: { nhan: { every: 200ms } }

      """, to: site.site + "/parties/thu-muc.yaml")
    TestFiles.write(
      """
      party: nguoi-nhan
      name: Người nhận (thử)
      credentials: [{ apiKey: "sha256:\(Hexadecimal.encode(SHA256.hash(Self.readerKey)))" }]
      receives: { profile: rest, pull: true }

      """, to: site.site + "/parties/nguoi-nhan.yaml")
    TestFiles.write(
      "routes:\n  - { name: từ thư mục, message: dossier, from: [thu-muc], to: [nguoi-nhan] }\n",
      to: site.site + "/routes.yaml")
    return try again()
  }

  private func again() throws -> Running {
    let gateway = try GatewayInProcess(site: site.site, log: site.folder.path + "/log")
    let reader = SQLDossierReader(.sqlite(path: "\(site.data)/\(Site.databaseName)"))
    return Running(gateway: gateway, visitor: try Visitor(port: gateway.port), reader: reader)
  }

  private struct Running {
    let gateway: GatewayInProcess
    let visitor: Visitor
    let reader: SQLDossierReader

    /// What lies in the inbox, oldest first.
    var inbox: [String] {
      let page = visitor.json(visitor.send(.get, "/v1/inbox", key: FolderPollJourneyTests.readerKey))
      return page?["messages"]?.elements.compactMap { $0["payload"]?.string } ?? []
    }

    /// What became messages, oldest first.
    var bodies: [String] {
      guard let page = try? reader.messages(MessageFilter(sender: "thu-muc"), from: .start, limit: 99) else {
        return []
      }
      let bodies = page.messages.compactMap { message in (try? reader.body(of: message.envelope.id)) ?? nil }
      return bodies.map { String(decoding: $0, as: UTF8.self) }
    }

    var kept: [StoredPollItem] { (try? reader.pollItems(of: "thu-muc", after: 0, limit: 99)) ?? [] }
    var poll: StoredPoll? { (try? reader.polls())?.first }

    func waits(seconds: Double = 15, _ condition: () -> Bool) -> Bool {
      Patience.until(seconds: seconds, condition)
    }

    /// Until the folder was looked at twice more.
    func looksAgain() -> Bool {
      var last = poll?.succeeded
      for _ in 0..<2 {
        guard waits({ poll?.succeeded != last }) else { return false }
        last = poll?.succeeded
      }
      return true
    }
  }

  private static func document(_ code: String, summary: String = "Xin phép xây dựng") -> String {
    let folder = TestFiles.projectRoot + "/Schemas/canonical/1/valid/"
    let text = String(decoding: TestFiles.read(folder + "dossier--toi-thieu.xml"), as: UTF8.self)
    let own = text.firstMatch(of: /<code>([^<]+)<\/code>/).map { String($0.output.1) } ?? ""
    return text.replacing("<code>\(own)</code>", with: "<code>\(code)</code>", maxReplacements: 1)
      + "<!-- \(summary) -->"
  }

  /// As a partner does: under another name first.
  private func put(_ text: String, _ name: String, in folder: String? = nil) {
    let folder = folder ?? outbox
    TestFiles.write(text, to: folder + "/.\(name).tam")
    #expect(rename(folder + "/.\(name).tam", folder + "/" + name) == 0)
  }

  private func names(_ folder: String = "") -> [String] {
    ProgramRun(["ls", "-A", outbox + folder]).text.split(separator: "\n").map(String.init)
  }

  private static let folders = ["da-nhan", "khong-nhan"]

  @Test("is read: each file is one message, whole, and goes to the done folder; what is not meant is left alone")
  func arrives() throws {
    let running = try start()
    #expect(running.waits { running.poll?.succeeded != nil }, "an empty folder is no failure")
    TestFiles.write("half of", to: outbox + "/.dang-ghi.xml")
    TestFiles.write("half of", to: outbox + "/dang-ghi.xml.part")
    put(Self.document("H99.14-260101-0009"), "sau.xml", in: outbox + "/da-nhan")
    put(Self.document(Self.code), "ho-so-1.xml")
    try #require(
      running.waits { running.inbox.count == 1 }, "\(running.kept) \(String(describing: running.poll)) \(names())")
    #expect(running.bodies == [Self.document(Self.code)])
    #expect(running.waits { names("/da-nhan") == ["ho-so-1.xml", "sau.xml"] })
    #expect(running.looksAgain())
    #expect(running.inbox.count == 1 && names() == [".dang-ghi.xml", "da-nhan", "dang-ghi.xml.part", "khong-nhan"])
    // The same once more is the same message; with other bytes it is another, and both files are kept apart.
    put(Self.document(Self.code), "ho-so-1.xml")
    #expect(running.waits { names("/da-nhan").count == 3 })
    put(Self.document(Self.code, summary: "Sửa"), "ho-so-1.xml")
    #expect(running.waits { names("/da-nhan").count == 4 })
    #expect(running.bodies == [Self.document(Self.code), Self.document(Self.code, summary: "Sửa")])
    #expect(running.kept.isEmpty && running.poll?.failures == 0)
  }

  @Test("what cannot be taken is kept with its bytes and goes to the refused folder, and keeps no other file back")
  func refused() throws {
    let running = try start()
    put("đây không phải XML", "a-hong.xml")
    put("", "b-rong.xml")
    put(String(repeating: " ", count: (16 << 20) + 1), "c-lon.xml")
    put(Self.document(Self.code), "d-tot.xml")
    TestFiles.write(Self.document("H99.14-260101-0002"), to: outbox + "/e tên lạ.xml")
    #expect(symlink(site.site + "/gateway.yaml", outbox + "/f-lien-ket.xml") == 0)
    #expect(running.waits { names("/da-nhan") == ["d-tot.xml"] })
    #expect(running.waits { names("/khong-nhan") == ["a-hong.xml", "b-rong.xml", "c-lon.xml"] })
    #expect(running.looksAgain())
    #expect(names() == ["da-nhan", "e tên lạ.xml", "f-lien-ket.xml", "khong-nhan"] && running.inbox.count == 1)
    let kept = running.kept
    #expect(Set(kept.map(\.name)) == ["a-hong.xml", "b-rong.xml", "c-lon.xml", "e tên lạ.xml"], "\(kept)")
    let broken = try #require(kept.first { $0.name == "a-hong.xml" })
    #expect(try running.reader.pollItem(broken.number)?.bytes == Array("đây không phải XML".utf8))
    #expect(kept.first { $0.name == "c-lon.xml" }?.note?.contains("larger than 16777216 bytes") == true)
    #expect(running.poll?.failures == 0)
  }

  @Test("a file of the largest size is taken")
  func largest() throws {
    let running = try start()
    let document = Self.document(Self.code)
    // No text of XML may be that long: comments between blanks.
    let blanks = String(repeating: " ", count: (1 << 20) - 7) + "<!---->"
    var padding = String(repeating: blanks, count: ((16 << 20) - document.utf8.count) / blanks.utf8.count)
    padding += String(repeating: " ", count: (16 << 20) - document.utf8.count - padding.utf8.count)
    let text = document.replacing("</dossier>", with: padding + "</dossier>")
    #expect(text.utf8.count == 16 << 20)
    put(text, "lon.xml")
    #expect(running.waits { names("/da-nhan") == ["lon.xml"] }, "\(running.kept)")
  }

  @Test(
    "each file is one message when the server goes away in the middle, its answers break off, or the gateway starts anew"
  )
  func troubles() throws {
    var running: Running? = try start()
    server.stop()
    let codes = (1...6).map { "H99.14-260101-000\($0)" }
    #expect(running!.waits { (running!.poll?.failures ?? 0) > 0 })
    for code in codes { put(Self.document(code), "\(code).xml") }
    // The answers break off somewhere between the list and the last move, each time somewhere else.
    for bytes in [900, 1_300, 1_700, 2_300, 3_100] {
      server.set(answerBytes: bytes)
      server.start()
      usleep(500_000)
      server.stop()
      running = nil
      running = try again()
    }
    server.set(answerBytes: nil)
    server.start()
    #expect(running!.waits(seconds: 60) { names("/da-nhan").count == 6 && names() == Self.folders }, "\(names())")
    #expect(running!.waits { running!.bodies.count == 6 })
    #expect(Set(running!.bodies) == Set(codes.map { Self.document($0) }) && running!.kept.isEmpty)
  }

  @Test(
    "a file that cannot be moved is one message all the same, the poll tells that it fails, and it is moved when it can be"
  )
  func unmovable() throws {
    let running = try start()
    _ = ProgramRun(["rmdir", outbox + "/da-nhan"])
    put(Self.document(Self.code), "ho-so.xml")
    #expect(running.waits { (running.poll?.failures ?? 0) >= 2 })
    #expect(running.poll?.note?.contains("SFTP 409") == true, "\(running.poll?.note ?? "")")
    #expect(names() == ["ho-so.xml", "khong-nhan"] && running.inbox.count == 1)
    _ = ProgramRun(["mkdir", outbox + "/da-nhan"])
    #expect(running.waits { names("/da-nhan") == ["ho-so.xml"] && running.poll?.failures == 0 })
    #expect(running.inbox.count == 1)
  }
}
