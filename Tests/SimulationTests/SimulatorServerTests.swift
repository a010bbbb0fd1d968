import HTTPKit
import JSONKit
import ServiceKit
import Simulation
import Testing
import ThreadKit

@Suite("How a simulated partner misbehaves at its address")
struct SimulatorServerTests {
  private let server: SimulatorServer
  private let portal = PortalSimulator()
  private let client: HTTPClient

  init() throws {
    server = try SimulatorServer(partner: portal)
    client = try HTTPClient()
  }

  private func send(_ method: HTTPMethod, _ path: String, _ body: String = "", wait: Duration = .seconds(10))
    -> HTTPClientResult
  {
    client.sendBlocking(request(method, path, body, wait: wait))
  }

  private func request(_ method: HTTPMethod, _ path: String, _ body: String = "", wait: Duration = .seconds(10))
    -> HTTPClientRequest
  {
    HTTPClientRequest(
      method: method, url: server.url + path, headers: ["Content-Type": "application/json"], body: Array(body.utf8),
      timeouts: HTTPClientTimeouts(connect: .seconds(2), firstByte: wait, whole: wait))
  }

  /// Tries again until it is so, for at most ten seconds.
  private func eventually(_ isSo: () -> Bool) -> Bool {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(10)
    while clock.now < end {
      if isSo() { return true }
    }
    return false
  }

  private func login(wait: Duration = .seconds(10)) -> HTTPClientResult {
    send(.post, "/login", #"{"username": "demo", "password": "demo"}"#, wait: wait)
  }

  private var loginsDone: Int { portal.journal.events.count { $0.name == .loginAccepted } }

  private func status(_ result: HTTPClientResult) -> Int? {
    guard case .response(let response, _) = result else { return nil }
    return response.status
  }

  private func failure(_ result: HTTPClientResult) -> HTTPClientFailure.Kind? {
    guard case .failure(let failure) = result else { return nil }
    return failure.kind
  }

  @Test("In order it answers, and shows its mode, its log and what it received")
  func ok() throws {
    defer { server.stop() }
    #expect(status(login()) == 200)
    for path in ["mode", "log", "received", "dossiers"] {
      #expect(status(send(.get, "/_simulator/\(path)")) == 200, "\(path)")
    }
    #expect(status(send(.get, "/_simulator/nothing")) == 404)
    #expect(status(send(.delete, "/_simulator/mode")) == 405)
  }

  @Test("Cut: the request is read, nothing comes back, and the work is not done")
  func cut() {
    defer { server.stop() }
    server.set(FaultSetting(.cut, requests: 1))
    #expect(failure(login()) == .brokenAfterSend)
    #expect(loginsDone == 0)
    #expect(status(login()) == 200, "one request was meant")
  }

  @Test("Silent: the work is done, and the caller never hears of it")
  func silent() {
    defer { server.stop() }
    server.set(FaultSetting(.silent, requests: 1))
    #expect(failure(login(wait: .milliseconds(400))) == .timeoutAfterSend)
    #expect(loginsDone == 1)
    #expect(status(login()) == 200)
  }

  @Test("Half an answer: the head and half of the body, then the end of the connection; the work is done")
  func halfAnswer() {
    defer { server.stop() }
    server.set(FaultSetting(.halfAnswer, requests: 1))
    #expect(failure(login()) == .brokenAfterSend)
    #expect(loginsDone == 1)
  }

  @Test("Down: connections are refused until it is told otherwise, and then the same port answers again")
  func down() {
    defer { server.stop() }
    #expect(status(login()) == 200)
    server.set(FaultSetting(.down))
    // The order reaches the door's thread a moment later.
    #expect(eventually { failure(login()) == .connect })
    server.set(FaultSetting(.ok))
    #expect(eventually { status(login()) == 200 })
  }

  @Test("Down for some time ends by itself")
  func downForSomeTime() {
    defer { server.stop() }
    let events = portal.journal.subscribe()
    server.set(FaultSetting(.down, lasting: .milliseconds(50)))
    var changes: [SimulatorEvent] = []
    while changes.count < 2 {
      let next = events.takeAll(timeout: .seconds(10))
      if next.isEmpty { break }
      changes += next.filter { $0.name == .modeChanged }
    }
    #expect(changes.count == 2)
    #expect(eventually { status(login()) == 200 })
  }

  @Test("Down, ordered over HTTP, answers the one who ordered it")
  func downOverHTTP() throws {
    defer { server.stop() }
    #expect(status(send(.post, "/_simulator/mode", #"{"mode": "down", "seconds": 60}"#)) == 200)
    let other = try HTTPClient()
    #expect(eventually { failure(other.sendBlocking(request(.get, "/_simulator/mode"))) == .connect })
  }

  @Test("Slow: the answer comes, late")
  func slow() {
    defer { server.stop() }
    server.set(FaultSetting(.slow, requests: 1, delay: .milliseconds(250)))
    let clock = ContinuousClock()
    let start = clock.now
    #expect(status(login()) == 200)
    #expect(clock.now - start >= .milliseconds(250))
  }

  @Test("500, garbage, refuse and duplicate answer without doing the work")
  func answersWithoutWork() throws {
    defer { server.stop() }
    server.set(FaultSetting(.error500, requests: 1))
    #expect(status(login()) == 500)
    for (mode, text) in [(FaultMode.garbage, "<html>"), (.refuse, "từ chối"), (.duplicate, "đã tồn tại")] {
      server.set(FaultSetting(mode, requests: 1))
      guard case .response(let response, _) = login() else {
        Issue.record("no answer in mode \(mode)")
        continue
      }
      #expect(response.status == 200)
      #expect(String(decoding: response.body, as: UTF8.self).contains(text))
    }
    #expect(loginsDone == 0)
    #expect(portal.journal.messages.count { $0.outcome == .unread } == 4)
  }

  @Test("The mode is set over HTTP, counts its requests down, and says what it did not understand")
  func modeOverHTTP() throws {
    defer { server.stop() }
    #expect(status(send(.post, "/_simulator/mode", #"{"mode": "error500", "next": 2}"#)) == 200)
    #expect([login(), login(), login()].map(status) == [500, 500, 200])
    for wrong in [
      "", "[]", #"{"mode": "broken"}"#, #"{"mode": "down"}"#, #"{"mode": "down", "seconds": 1, "next": 1}"#,
      #"{"mode": "ok", "next": 0}"#, #"{"mode": "ok", "seconds": -1}"#, #"{"mode": "ok", "second": 1}"#,
      #"{"mode": "ok", "seconds": 86401}"#,
    ] {
      #expect(status(send(.post, "/_simulator/mode", wrong)) == 400, "\(wrong)")
    }
    #expect(status(login()) == 200)
  }

  @Test("A partner that is gone by chance refuses connections, and is back by itself")
  func downByChance() throws {
    // The third draw is the first fault.
    var plan = FaultPlan(rate: 0.3, modes: [.down], seed: 3)
    let before = (0..<100).prefix { _ in plan.next(now: MonotonicInstant(nanoseconds: 0)).mode == .ok }.count
    let other = PortalSimulator()
    let unreliable = try SimulatorServer(partner: other, faults: FaultPlan(rate: 0.3, modes: [.down], seed: 3))
    defer {
      unreliable.stop()
      server.stop()
    }
    func ask() -> HTTPClientResult {
      client.sendBlocking(
        HTTPClientRequest(
          method: .post, url: unreliable.url + "/login", headers: [:], body: [],
          timeouts: HTTPClientTimeouts(connect: .seconds(2), firstByte: .seconds(5), whole: .seconds(5))))
    }
    for _ in 0..<before { #expect(status(ask()) != nil) }
    #expect(status(ask()) == nil)
    #expect(eventually { failure(ask()) == .connect })
    #expect(eventually { status(ask()) != nil })
    #expect(other.journal.events.contains { $0.name == .modeChanged && $0.fields.contains(.mode(.down)) })
  }
}
