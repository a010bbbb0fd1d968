import Foundation
import GatewayTesting
import HTTPKit
import Testing

@Suite("A dossier's journey through the built daemon", .serialized, .timeLimit(.minutes(5)))
struct DaemonJourneyTests {
  @Test("lodged twice, it is received once, and both times the sender gets the same receipt")
  func lodgedTwice() throws {
    let agency = try LGSPAgency()
    let site = TestSite(agency: agency.port)
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    let dossier = Dossiers.json("H99.14-260101-0001")
    let first = try #require(visitor.lodge(dossier, key: "a"))
    let second = try #require(visitor.lodge(dossier, key: "a"))
    try #require(first.status == 202 && second.status == 202)
    #expect(first.body == second.body)
    #expect(first.headers["Idempotency-Replayed"] == nil && second.headers["Idempotency-Replayed"] == "true")
    #expect(Patience.until { visitor.states(of: "H99.14-260101-0001", to: "so-xay-dung") == ["delivered"] })
    #expect(agency.received == ["H99.14-260101-0001": 1])
    #expect(try #require(visitor.lodge(Dossiers.json("H99.14-260101-0002"), key: "a")).status == 422)
  }

  @Test("waits while its agency is down, arrives when it is back, and holds nobody else up")
  func agencyDownAndBack() throws {
    let down = try LGSPAgency()
    let up = try LGSPAgency()
    down.setDown(true)
    let site = TestSite(agency: down.port, secondAgency: up.port)
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    try #require(visitor.lodge(Dossiers.json("H99.14-260101-0001"))?.status == 202)
    #expect(Patience.until { visitor.states(of: "H99.14-260101-0001", to: "so-xay-dung") == ["deferred"] })
    #expect(visitor.lodge(Dossiers.json("H99.14-260101-0002", procedure: Dossiers.criminalRecord))?.status == 202)
    #expect(Patience.until { up.received == ["H99.14-260101-0002": 1] })
    #expect(down.received.isEmpty)
    down.setDown(false)
    #expect(Patience.until { visitor.states(of: "H99.14-260101-0001", to: "so-xay-dung") == ["delivered"] })
    #expect(down.received == ["H99.14-260101-0001": 1])
  }

  @Test("at rest it keeps less than 16 MB of its own: what compiling the catalogue took is given back")
  func rests() throws {
    let site = TestSite()
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    _ = try #require(daemon.waitUntilListening())
    var kilobytes = Int.max
    _ = Patience.until {
      kilobytes = daemon.privateKilobytes ?? .max
      return kilobytes < 16 * 1024
    }
    #expect(kilobytes < 16 * 1024)
  }

  @Test("is worked on by threads that gather work, unless whoever started the daemon wants them otherwise")
  func scheduling() throws {
    let policies = try [[], ["chrt", "--idle", "0"]].map { wrapper in
      let site = TestSite()
      let daemon = DaemonProcess(
        site: site.site, data: site.data, output: site.folder.path + "/log", wrapper: wrapper)
      _ = try #require(daemon.waitUntilListening())
      let tasks = "/proc/\(daemon.process.pid)/task"
      return try Set(
        FileManager.default.contentsOfDirectory(atPath: tasks).map { task in
          // The name may hold anything, so fields are counted from its closing bracket; the policy is the 41st (proc(5)).
          let line = try String(contentsOfFile: "\(tasks)/\(task)/stat", encoding: .utf8)
          return line[line.lastIndex(of: ")")!...].split(separator: " ")[39]
        })
    }
    #expect(policies == [["3"], ["5"]], "SCHED_BATCH; SCHED_IDLE")
  }

  @Test("sent by five hundred connections at once, it is recorded once")
  func fiveHundredConnections() async throws {
    let site = TestSite()
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let port = try #require(daemon.waitUntilListening())
    let dossier = Dossiers.json("H99.14-260101-0001")
    var configuration = HTTPClientConfiguration.standard
    configuration.transfers = 500
    configuration.idleConnections = 500
    let client = try HTTPClient(configuration: configuration)
    defer { client.stop() }
    let request = HTTPClientRequest(
      method: .post, url: "http://127.0.0.1:\(port)/v1/messages",
      headers: ["X-Api-Key": TestSite.senderKey, "Content-Type": "application/json", "Idempotency-Key": "one"],
      body: dossier, timeouts: HTTPClientTimeouts(connect: .seconds(30), firstByte: nil, whole: .seconds(120)))
    let answers = await withTaskGroup(of: HTTPClientResult.self) { group in
      for _ in 0..<500 { group.addTask { await Self.send(request, through: client) } }
      var answers: [HTTPClientResult] = []
      for await answer in group { answers.append(answer) }
      return answers
    }
    var bodies: Set<[UInt8]> = []
    var fresh = 0
    for answer in answers {
      guard case .response(let response, _) = answer else {
        Issue.record("a connection got no answer: \(answer)")
        continue
      }
      try #require(response.status == 202)
      bodies.insert(response.body)
      if response.headers["Idempotency-Replayed"] == nil { fresh += 1 }
    }
    #expect(bodies.count == 1, "there is one receipt")
    #expect(fresh == 1, "one of them recorded it")
    let visitor = try Visitor(port: port)
    #expect(visitor.states(of: "H99.14-260101-0001", to: "so-xay-dung").count == 1)
  }

  /// As a sender does it: again under the same key when the connection broke. On a busy machine it is the sender that may
  /// come to write its request only after the gateway's time for a head is over.
  private static func send(_ request: HTTPClientRequest, through client: HTTPClient) async -> HTTPClientResult {
    var result = await client.send(request)
    for _ in 1...10 {
      guard case .failure(let failure) = result, failure.kind == .brokenAfterSend else { break }
      result = await client.send(request)
    }
    return result
  }

  @Test("stops in order on SIGTERM, with exit code 0, and goes on after the next start")
  func ordinaryStop() throws {
    let agency = try LGSPAgency()
    agency.setDown(true)
    let site = TestSite(agency: agency.port)
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    try #require(visitor.lodge(Dossiers.json("H99.14-260101-0001"))?.status == 202)
    daemon.process.signal(15)
    #expect(daemon.process.wait() == .exited(0))
    agency.setDown(false)
    let again = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log2")
    _ = try #require(again.waitUntilListening())
    #expect(Patience.until { agency.received == ["H99.14-260101-0001": 1] })
  }

  @Test("leaves neither a citizen's data nor a secret in the log")
  func logIsClean() throws {
    let agency = try LGSPAgency()
    let site = TestSite(agency: agency.port)
    let daemon = DaemonProcess(site: site.site, data: site.data, output: site.folder.path + "/log")
    let visitor = try Visitor(port: try #require(daemon.waitUntilListening()))
    try #require(visitor.lodge(Dossiers.json("H99.14-260101-0001"))?.status == 202)
    #expect(visitor.lodge(Array("{\"MaHoSo\":\"Nguyễn Thị Thử Nghiệm\"}".utf8))?.status == 422)
    #expect(visitor.lodge(Dossiers.json("H99.14-260101-0002"), as: "wrong-key-1234567")?.status == 401)
    #expect(Patience.until { agency.received.count == 1 })
    daemon.process.signal(15)
    #expect(daemon.process.wait() == .exited(0))
    let log = daemon.process.output
    #expect(log.contains("event=listening"))
    for word in [
      "Thử Nghiệm", "038079000142", "0900000142", "wrong-key", TestSite.senderKey, TestSite.password, "khoa-ra",
    ] {
      #expect(!log.contains(word), "the log shows '\(word)'")
    }
  }
}
