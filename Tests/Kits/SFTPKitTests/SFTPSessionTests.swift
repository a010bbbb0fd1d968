import GatewayTesting
import Testing

@testable import SFTPKit

/// Against OpenSSH's own server.
@Suite("A session with an SFTP server", .timeLimit(.minutes(3)))
struct SFTPSessionTests {
  private let server = TemporarySFTPServer()

  private func account(
    hostKey: String? = nil, key: [UInt8]? = nil, port: Int? = nil, user: String? = nil, whole: Duration = .seconds(20)
  ) throws -> SFTPAccount {
    SFTPAccount(
      host: "127.0.0.1", port: port ?? server.port, user: user ?? server.user, credential: .key(key ?? server.key),
      hostKeys: [try #require(SFTPFingerprint(hostKey ?? server.fingerprint))], connectTimeout: .seconds(10),
      wholeTimeout: whole)
  }

  private func path(_ name: String) throws -> SFTPPath { try #require(SFTPPath(server.inbox + "/" + name)) }

  private func code(_ account: SFTPAccount, at path: SFTPPath) -> SFTPError.Code? {
    do throws(SFTPError) {
      _ = try SFTPSession(account).put([1], at: path)
      return nil
    } catch {
      return error.code
    }
  }

  @Test("puts a file under its name, knows it again, leaves others alone, reads and removes it")
  func ordinary() throws {
    let session = try SFTPSession(try account())
    let bytes = Array("<hồ sơ>".utf8)
    let file = try path("H99.20-1.xml")
    #expect(try session.put(bytes, at: path("khac")) == .placed && session.put(bytes, at: file) == .placed)
    #expect(server.log.components("Accepted publickey") == 1, "the connection is kept")
    try session.remove(path("khac"))
    #expect(try session.put(bytes, at: file) == .wasThere)
    #expect(try session.put(bytes + [0], at: file) == .taken && session.put([], at: file) == .taken)
    #expect(TestFiles.read(server.inbox + "/H99.20-1.xml") == bytes)
    #expect(try session.get(file, limit: bytes.count) == bytes)
    #expect(server.names == ["H99.20-1.xml"], "no name of its own is left")
    try session.remove(file)
    #expect(server.names == [])
  }

  @Test("takes files of no bytes and of many, and tells a file that is larger than it may be")
  func sizes() throws {
    let session = try SFTPSession(try account())
    let large = (0..<5_000_003).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    #expect(try session.put([], at: path("khong")) == .placed && session.put([], at: path("khong")) == .wasThere)
    #expect(try session.put(large, at: path("lon")) == .placed && session.get(path("lon"), limit: large.count) == large)
    let error = try #require(throws: SFTPError.self) { try session.get(path("lon"), limit: large.count - 1) }
    #expect(error.code == .tooLarge)
  }

  @Test("tells no stranger anything: a host key that is not the server's ends it before the login")
  func hostKey() throws {
    TemporarySFTPServer.makeKey(server.folder.path + "/other")
    let other = ProgramRun(["ssh-keygen", "-lf", server.folder.path + "/other.pub"]).text.split(separator: " ")[1]
    let session = try SFTPSession(try account(hostKey: String(other)))
    let error = try #require(throws: SFTPError.self) { try session.put([1], at: path("a")) }
    #expect(error.code == .hostKey && error.message.contains(server.fingerprint), "\(error)")
    #expect(!server.log.contains("Accepted") && server.names == [])
  }

  @Test("tells by its error what went wrong, and where nothing can have arrived")
  func errors() throws {
    TemporarySFTPServer.makeKey(server.folder.path + "/other")
    #expect(code(try account(key: TestFiles.read(server.folder.path + "/other")), at: try path("a")) == .authentication)
    #expect(code(try account(key: Array("no key".utf8)), at: try path("a")) == .authentication)
    #expect(code(try account(port: Int(Loopback.freePort())), at: try path("a")) == .connect)
    #expect(code(try account(), at: try path("khong-co/a")) == .notFound)
    var nowhere = try account()
    nowhere.host = "khong-co.invalid"
    #expect(code(nowhere, at: try path("a")) == .resolve)
    let flag = CancelFlag()
    flag.set()
    let cancelled = try #require(throws: SFTPError.self) {
      try SFTPSession(account(), cancelled: flag).put([1], at: path("a"))
    }
    #expect(cancelled.code == .cancelled)
    #expect(server.names == [])
  }

  @Test("says that the disk is full or the server fails, when it does, and that nothing stands under the name")
  func full() throws {
    // What is written to the temporary name goes to a device without room.
    _ = ProgramRun(["ln", "-s", "/dev/full", server.inbox + "/.day.part"])
    #expect([.notTaken, .full].contains(code(try account(), at: try path("day"))))
    #expect(server.names == [".day.part"])
  }

  @Test("wherever the server's answers break off, no half file is seen, and the same once more puts it right")
  func brokenOff() throws {
    let bytes = [UInt8](repeating: 7, count: 1_000)
    var placed = 0
    var unclear = 0
    for answerBytes in [0, 180, 300, 340, 380, 420, 460, 600] {
      let name = "t\(answerBytes)"
      server.set(answerBytes: answerBytes)
      do throws(SFTPError) {
        let result = try SFTPSession(try! account(whole: .seconds(1))).put(bytes, at: try! path(name))
        #expect(result == .placed)
        placed += 1
      } catch {
        if [.broken, .timeoutAfterSend].contains(error.code) { unclear += 1 }
      }
      // Under the name is all of it or nothing.
      if server.names.contains(name) { #expect(TestFiles.read(server.inbox + "/" + name) == bytes) }
      server.set(answerBytes: nil)
      #expect(try SFTPSession(try account()).put(bytes, at: path(name)) != .taken)
      #expect(TestFiles.read(server.inbox + "/" + name) == bytes)
    }
    #expect(placed > 0 && unclear > 0, "cut before and after it mattered: \(placed) placed, \(unclear) unclear")
    #expect(server.names.allSatisfy { !$0.hasPrefix(".") })
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}
