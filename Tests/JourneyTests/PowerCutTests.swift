import DossierModel
import DossierStore
import GatewayTesting
import HTTPKit
import JSONKit
import Testing

/// The daemon killed by the kernel at a chosen system call of its own, through `strace`: no hook in the program.
@Suite("A daemon that is killed in the middle of a commit", .serialized, .timeLimit(.minutes(15)))
struct PowerCutTests {
  /// Where the kill falls: before the n-th write to a file at an offset (SQLite's WAL and database), before the n-th
  /// sync. Over the whole range this hits before, between and after the steps of commits that record, claim and settle.
  static let marks: [(call: String, number: Int)] =
    [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 18, 22, 27, 33, 40].map { ("pwrite64", $0) }
    + [1, 2, 3, 4, 5, 6, 8, 10, 13, 16].map { ("fdatasync", $0) }

  @Test("benthos-dedupe-then-crash: has lost nothing that it acknowledged, and recorded nothing twice")
  func everyMark() throws {
    for (call, number) in Self.marks { try oneMark(call, number) }
  }

  private func oneMark(_ call: String, _ number: Int) throws {
    let agency = try LGSPAgency()
    let site = TestSite(agency: agency.port)
    // A first start makes the file, so that the marks count commits of messages and not of the schema.
    let first = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log0")
    _ = try #require(first.waitUntilListening())
    first.process.signal(15)
    #expect(first.process.wait() == .exited(0))

    let daemon = DaemonProcess(
      site: site.site, data: site.data, output: site.folder.path + "/log1",
      wrapper: [
        "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
        "inject=\(call):signal=KILL:when=\(number)",
      ])
    var acknowledged: [String: String] = [:]
    let codes = (1...12).map { "H99.14-260101-\(String(1_000 + $0))" }
    if let port = daemon.waitUntilListening(seconds: 20) {
      let visitor = try Visitor(port: port)
      for code in codes {
        guard let answer = visitor.lodge(Dossiers.json(code), key: code) else { break }
        guard answer.status == 202 else { continue }
        acknowledged[code] = visitor.json(answer)?["id"]?.string
      }
    }
    daemon.process.killGroup()
    _ = daemon.process.wait()

    let again = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log2")
    let visitor = try Visitor(port: try #require(again.waitUntilListening(), "after \(call) \(number)"))
    for code in codes {
      // The sender sends everything again under the same keys, as a sender that lost its connection does.
      let answer = try #require(visitor.lodge(Dossiers.json(code), key: code))
      try #require(answer.status == 202)
      if let id = acknowledged[code] {
        #expect(visitor.json(answer)?["id"]?.string == id, "\(code) was acknowledged and then lost (\(call) \(number))")
        #expect(answer.headers["Idempotency-Replayed"] == "true")
      }
      #expect(Patience.until { visitor.states(of: code, to: "so-xay-dung") == ["delivered"] }, "\(call) \(number)")
    }
    let received = agency.received
    #expect(Set(received.keys) == Set(codes))
    // At-least-once towards the partner: only what was on its way when the power went may come twice.
    #expect(received.values.reduce(0, +) <= codes.count + 8, "\(call) \(number): \(received)")
    again.process.signal(15)
    #expect(again.process.wait() == .exited(0))
  }

  @Test("answers no 2xx for what the disk did not take")
  func failingSync() throws {
    let site = TestSite()
    let first = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log0")
    _ = try #require(first.waitUntilListening())
    first.process.signal(15)
    #expect(first.process.wait() == .exited(0))
    let daemon = DaemonProcess(
      site: site.site, data: site.data, output: site.folder.path + "/log1",
      wrapper: [
        "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync", "-e",
        "inject=fdatasync,fsync:error=EIO:when=12+",
      ])
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    var statuses: [Int] = []
    for number in 1...20 {
      let answer = try #require(visitor.lodge(Dossiers.json("H99.14-260101-\(2_000 + number)"), key: "k\(number)"))
      statuses.append(answer.status)
      if answer.status != 202 { #expect(answer.status == 503 && answer.headers["Retry-After"] != nil) }
    }
    // Each commit syncs at least once, so the failing disk is met within twelve, and stays failing.
    let failing = try #require(statuses.firstIndex(of: 503))
    #expect(failing < 12 && statuses[failing...].allSatisfy { $0 == 503 }, "\(statuses)")
    #expect(visitor.send(.get, "/readyz")?.status == 503)
    #expect(visitor.send(.get, "/livez")?.status == 200)
    daemon.process.killGroup()
  }

  @Test(
    "reads on while its disk fails, and takes messages again by itself when the disk does",
    arguments: [
      ("fdatasync,fsync", "EIO"), ("pwrite64", "ENOSPC"),
    ])
  func recoveringDisk(calls: String, error: String) throws {
    let site = TestSite()
    let first = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log0")
    _ = try #require(first.waitUntilListening())
    first.process.signal(15)
    #expect(first.process.wait() == .exited(0))
    let range = error == "EIO" ? "when=12..15" : "when=60..75"
    let daemon = DaemonProcess(
      site: site.site, data: site.data, output: site.folder.path + "/log1",
      wrapper: [
        "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(calls)", "-e",
        "inject=\(calls):error=\(error):\(range)",
      ])
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    let codes = (1...40).map { "H99.14-260101-\(4_000 + $0)" }
    let failing = codes.first { visitor.lodge(Dossiers.json($0), key: $0)?.status == 503 }
    try #require(failing != nil && failing != codes[0])
    // Nobody writes from here on.
    #expect(visitor.send(.get, "/readyz")?.status == 503)
    #expect(visitor.send(.get, "/v1/dossiers/\(codes[0])", key: TestSite.operatorKey)?.status == 200)
    #expect(Patience.until { visitor.send(.get, "/readyz")?.status == 200 })
    let again = try #require(failing)
    #expect(visitor.lodge(Dossiers.json(again), key: again)?.status == 202)
    #expect(visitor.send(.get, "/v1/dossiers/\(again)", key: TestSite.operatorKey)?.status == 200)
    let log = String(decoding: TestFiles.read(site.folder.path + "/log1"), as: UTF8.self)
    for event in ["store-reads-only", "store-writes-again"] {
      #expect(log.matches(of: try Regex(event)).count <= 1, "once for the incident")
    }
    daemon.process.killGroup()
  }

  @Test("sends no 2xx before the database file was synced")
  func syncBeforeAnswer() throws {
    // Nothing is pushed from this site, so every sync belongs to a message that waits for its answer.
    let site = TestSite()
    let trace = site.folder.path + "/trace"
    let daemon = DaemonProcess(
      site: site.site, data: site.data, output: site.folder.path + "/log",
      wrapper: [
        "strace", "-f", "-qq", "-s", "64", "-o", trace, "-e",
        "trace=fdatasync,fsync,recvfrom,read,sendto,sendmsg,writev",
      ])
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    for number in 1...10 {
      #expect(visitor.lodge(Dossiers.json("H99.14-260101-\(3_000 + number)"), key: "k\(number)")?.status == 202)
    }
    daemon.process.killGroup()
    _ = daemon.process.wait()
    var isSynced = false
    var answers = 0
    for line in String(decoding: TestFiles.read(trace), as: UTF8.self).split(separator: "\n") {
      if line.contains("POST /v1/messages") { isSynced = false }
      if line.contains("sync") && line.contains("= 0") { isSynced = true }
      if line.contains("HTTP/1.1 202") {
        answers += 1
        #expect(isSynced, "an answer left before its sync: \(line)")
      }
    }
    #expect(answers == 10)
  }
}
