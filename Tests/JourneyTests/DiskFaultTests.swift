import GatewayTesting
import Glibc
import HTTPKit
import Testing

/// The daemon whose disk fails for a while, through `strace`: the kernel's errors, and only at the files of the database.
@Suite("A daemon whose disk is full or fails for a while", .serialized, .timeLimit(.minutes(10)))
struct DiskFaultTests {
  struct Fault: Sendable, CustomStringConvertible {
    let calls: String
    let error: String
    /// The first faulty call and the last, of the thread that makes them: some commits after the start.
    let window: ClosedRange<Int>
    var description: String { "\(error) from \(calls)" }
  }

  static let faults = [
    Fault(calls: "write,pwrite64,fallocate,ftruncate", error: "ENOSPC", window: 80...110),
    Fault(calls: "fdatasync,fsync", error: "EIO", window: 15...30),
  ]

  @Test(
    "answers 503 with Retry-After, keeps what it acknowledged, lets everybody read, and accepts again by itself",
    arguments: faults)
  func comesBack(_ fault: Fault) throws {
    let agency = try LGSPAgency()
    let site = TestSite(agency: agency.port)
    let first = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log0")
    _ = try #require(first.waitUntilListening())
    first.process.signal(15)
    #expect(first.process.wait() == .exited(0))

    let database = site.data + "/lienthong.sqlite"
    let daemon = DaemonProcess(
      site: site.site, data: site.data, output: site.folder.path + "/log1",
      wrapper: [
        "strace", "-f", "-qq", "-o", "/dev/null", "-P", database, "-P", database + "-wal", "-e",
        "trace=\(fault.calls)", "-e",
        "inject=\(fault.calls):error=\(fault.error):when=\(fault.window.lowerBound)..\(fault.window.upperBound)",
      ])
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    let acknowledged = try lodgeThroughTheFault(visitor, site, fault)

    #expect(
      Patience.until { visitor.send(.get, "/readyz")?.status == 200 }, "\(fault): it does not say that it is well")
    for code in acknowledged {
      #expect(
        Patience.until { visitor.states(of: code, to: "so-xay-dung") == ["delivered"] }, "\(fault): \(code) was lost")
    }
    // What was turned away was sent again under its key, and came once.
    #expect(Set(agency.received.keys) == Set(acknowledged))
    // To the group: the tracer keeps such signals to itself.
    kill(-daemon.process.pid, SIGTERM)
    #expect(daemon.process.wait() == .exited(0), "\(fault)")
    #expect(try reopened(site).allSatisfy { $0 == "delivered" })
  }

  /// Lodges dossier after dossier, each until it is accepted, until the fault has come and gone.
  private func lodgeThroughTheFault(_ visitor: Visitor, _ site: TestSite, _ fault: Fault) throws -> [String] {
    var acknowledged: [String] = []
    var refusals = 0
    var isOver = false
    for number in 1...60 where !isOver {
      let code = Self.code(number)
      for _ in 1...200 {
        let answer = try #require(visitor.lodge(Dossiers.json(code), key: code), "\(fault): the daemon is gone")
        if answer.status == 202 { break }
        #expect(answer.status == 503 && answer.headers["Retry-After"] != nil, "\(fault): \(answer.status)")
        refusals += 1
        if refusals == 2 { expectReading(visitor, site, of: try #require(acknowledged.first), fault) }
      }
      acknowledged.append(code)
      isOver = refusals > 0
    }
    #expect(refusals >= 2, "\(fault): the fault was not met")
    // And it goes on.
    for number in 61...65 {
      let code = Self.code(number)
      #expect(
        Patience.until { visitor.lodge(Dossiers.json(code), key: code)?.status == 202 }, "\(fault): not taken again")
      acknowledged.append(code)
    }
    return acknowledged
  }

  private func expectReading(_ visitor: Visitor, _ site: TestSite, of code: String, _ fault: Fault) {
    #expect(visitor.send(.get, "/livez")?.status == 200, "\(fault)")
    #expect(visitor.send(.get, "/v1/dossiers/\(code)", key: TestSite.operatorKey)?.status == 200, "\(fault)")
    let story = ProgramRun.lienthong("dossier", "trace", code, "--site", site.site)
    #expect(story.exitCode == 0 && story.text.contains(code), "\(fault): \(story.errorText)")
  }

  /// The states of everything, as a new start finds it.
  private func reopened(_ site: TestSite) throws -> [String] {
    let again = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log2")
    let visitor = try Visitor(port: try #require(again.waitUntilListening()))
    let states = (61...65).flatMap { visitor.states(of: Self.code($0), to: "so-xay-dung") }
    again.process.signal(15)
    #expect(again.process.wait() == .exited(0))
    #expect(states.count == 5)
    return states
  }

  private static func code(_ number: Int) -> String { "H99.14-260101-\(4_000 + number)" }
}
