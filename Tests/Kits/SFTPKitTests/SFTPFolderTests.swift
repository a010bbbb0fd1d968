import GatewayTesting
import Glibc
import Testing

@testable import SFTPKit

/// Against OpenSSH's own server.
@Suite("The files of a folder on an SFTP server", .timeLimit(.minutes(3)))
struct SFTPFolderTests {
  private let server = TemporarySFTPServer()

  private func session() throws -> SFTPSession {
    try SFTPSession(
      SFTPAccount(
        host: "127.0.0.1", port: server.port, user: server.user, credential: .key(server.key),
        hostKeys: [try #require(SFTPFingerprint(server.fingerprint))]))
  }

  private func path(_ name: String) throws -> SFTPPath { try #require(SFTPPath(server.inbox + "/" + name)) }
  private func write(_ text: String, _ name: String) { TestFiles.write(text, to: server.inbox + "/" + name) }

  private func code(_ body: () throws -> Void) throws -> SFTPError.Code {
    try #require(throws: SFTPError.self) { try body() }.code
  }

  @Test("are listed without folders, links and what is below, and told with size and time of change")
  func listed() throws {
    let session = try session()
    let folder = try #require(SFTPPath(server.inbox))
    #expect(try session.files(in: folder, limit: 10_000) == [])
    write("<a/>", "a.xml")
    write("", "trong.xml")
    write("x", "tên lạ.xml")
    write("x", "con/duoi.xml")
    #expect(symlink("/etc/passwd", server.inbox + "/link.xml") == 0 && symlink("con", server.inbox + "/con.xml") == 0)
    var times = [timeval(tv_sec: 1_735_787_045, tv_usec: 0), timeval(tv_sec: 1_735_787_045, tv_usec: 0)]
    #expect(utimes(server.inbox + "/a.xml", &times) == 0)
    #expect(try session.files(in: folder, limit: 10_000) == ["a.xml", "trong.xml", "tên lạ.xml"])
    #expect(try session.status(of: path("a.xml")) == SFTPFile(size: 4, modified: 1_735_787_045))
    #expect(try session.status(of: path("trong.xml")).size == 0)
    #expect(try code { _ = try session.status(of: path("khong.xml")) } == .notFound)
    #expect(try code { _ = try session.files(in: path("khong"), limit: 10_000) } == .notFound)
    #expect(try code { _ = try session.files(in: folder, limit: 20) } == .tooLarge)
  }

  @Test("are moved into another folder under the same name or another, and nothing is overwritten")
  func moved() throws {
    let session = try session()
    write("1", "a.xml")
    write("2", "xong/co.xml")
    #expect(try code { try session.move(path("a.xml"), to: path("xong/co.xml")) } == .renameRefused)
    #expect(try code { try session.move(path("a.xml"), to: path("khong-co/a.xml")) } == .renameRefused)
    #expect(try code { try session.move(path("khong.xml"), to: path("xong/b.xml")) } == .renameRefused)
    #expect(TestFiles.read(server.inbox + "/xong/co.xml") == Array("2".utf8))
    try session.move(path("a.xml"), to: path("xong/a.xml"))
    #expect(server.names == ["xong"] && TestFiles.read(server.inbox + "/xong/a.xml") == Array("1".utf8))
  }

  @Test("below the home folder of whoever logs in are reached as well")
  func home() throws {
    // The server's user is the one who runs the tests: a folder of its own there, gone afterwards.
    let home = String(cString: getpwuid(getuid()).pointee.pw_dir)
    let name = "lienthong-thu-\(server.port)"
    defer { _ = ProgramRun(["rm", "-r", "\(home)/\(name)"]) }
    TestFiles.write("1", to: "\(home)/\(name)/a.xml")
    let session = try session()
    func path(_ text: String) throws -> SFTPPath { try #require(SFTPPath("/~/\(name)\(text)")) }
    #expect(try session.files(in: path(""), limit: 10_000) == ["a.xml"])
    try session.move(path("/a.xml"), to: path("/b.xml"))
    #expect(try session.put([7], at: path("/c.xml")) == .placed)
    #expect(try session.get(path("/b.xml"), limit: 9) == Array("1".utf8))
    try session.remove(path("/b.xml"))
    #expect(try session.files(in: path(""), limit: 10_000) == ["c.xml"])
  }
}
