import GatewayTesting
import Glibc
import SQLKit
import Testing

@Suite("A temporary PostgreSQL server")
struct TemporaryPostgreSQLTests {
  @Test("is gone with its folder when it is stopped, even after it was killed")
  func stopped() throws {
    let server = TemporaryPostgreSQL()
    let pid = try postmaster(of: server)
    server.stop()
    #expect(kill(pid, 0) != 0)
    #expect(access(server.folder, F_OK) != 0)
  }

  @Test("is gone with its folder when the process that started it is killed")
  func orphaned() throws {
    let server = TemporaryPostgreSQL()
    let pid = try postmaster(of: server)
    // The kernel closes a dead process's descriptors; the watcher sees no difference.
    server.abandon()
    for _ in 0..<2_000 where access(server.folder, F_OK) == 0 { shortRest() }
    #expect(access(server.folder, F_OK) != 0)
    #expect(kill(pid, 0) != 0 || state(of: pid) == "Z")
  }

  private func postmaster(of server: TemporaryPostgreSQL) throws -> Int32 {
    let text = String(decoding: TestFiles.read(server.dataFolder + "/postmaster.pid"), as: UTF8.self)
    return try #require(text.split(separator: "\n").first.flatMap { Int32($0) })
  }

  private func state(of pid: Int32) -> String? {
    String(decoding: TestFiles.read("/proc/\(pid)/stat"), as: UTF8.self).split(separator: " ").dropFirst(2).first
      .map(String.init)
  }
}
