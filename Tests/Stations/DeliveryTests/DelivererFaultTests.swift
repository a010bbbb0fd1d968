import Delivery
import DossierModel
import DossierStore
import GatewayTesting
import HTTPKit
import ServiceKit
import Testing
import ThreadKit

/// What a deliverer does when partners, the store or the program itself stop working.
@Suite struct DelivererFaultTests {
  private static let yes = HTTPResponse.text(200, #"{"code": 0}"#)

  @Test("a destination that swallows requests does not hold up another one")
  func blackHole() throws {
    let hole = try ScriptedPartner { _, _ in .hold }
    let partner = try ScriptedPartner { _, _ in .answer(Self.yes) }
    let rig = try DelivererRig([
      try .sample("hole", at: hole.address, window: 4), try .sample("agency", at: partner.address),
    ])
    for number in 0..<20 { try rig.record(DossierCode("H99.\(number)"), "{}", to: "hole") }
    #expect(hole.waitUntilHeld(4))
    for number in 0..<50 { try rig.record(DossierCode("H99.\(number)"), "{}", to: "agency") }
    #expect(rig.store.waitUntil { rig.attempts("agency")["accepted"] == 50 })
    #expect(hole.requests.count == 4, "a window of four is never exceeded")
    hole.answerHeld(Self.yes)
    hole.stop()
  }

  @Test(
    "wso2-never-resumes-3771: a dead destination is probed by one delivery at a time, and gets its whole window once it answers"
  )
  func probing() throws {
    let isAlive = Monitor(false)
    let partner = try ScriptedPartner { _, _ in isAlive.withLock { $0 } ? .answer(Self.yes) : .answer(.text(502, "")) }
    let rig = try DelivererRig([try .sample("agency", at: partner.address, window: 4)])
    var messages: [MessageID] = []
    for number in 0..<30 { messages.append(try rig.record(DossierCode("H99.\(number)"), "{}", to: "agency")) }
    // Four faults close it; what was claimed and not sent is put off unsent.
    #expect(rig.store.waitUntil { rig.log.lines.contains { $0.contains("destination-closed") } })
    let sent = partner.requests(atLeast: 4).count
    #expect((4...8).contains(sent), "none but those under way went out after the window closed")

    rig.advance(by: .seconds(1))
    #expect(partner.requests(atLeast: sent + 1).count == sent + 1)
    // The probe failed: the pause is two seconds now, and one second brings nothing.
    #expect(rig.store.waitUntil { rig.closings == 2 })
    rig.advance(by: .seconds(1))
    #expect(partner.requests.count == sent + 1)

    isAlive.withLock { $0 = true }
    rig.advance(by: .seconds(10))
    for message in messages { _ = try #require(try rig.store.deliveries(of: message, become: .delivered)) }
    #expect(rig.attempts("agency")["accepted"] == 30)
  }

  @Test("a partner that asks for a pause is left alone until then")
  func retryAfter() throws {
    let partner = try ScriptedPartner { _, number in
      number == 1 ? .answer(.text(503, "", headers: ["Retry-After": "30"])) : .answer(Self.yes)
    }
    let rig = try DelivererRig([try .sample("agency", at: partner.address)])
    let first = try rig.record("H99.1", "{}", to: "agency")
    let deferred = try #require(try rig.store.deliveries(of: first, become: .deferred)?.first)
    #expect(deferred.due == rig.time.now() + .seconds(30))
    let second = try rig.record("H99.2", "{}", to: "agency")
    rig.advance(by: .seconds(29))
    #expect(try rig.store.message(second)?.deliveries.first?.state == .ready)
    #expect(partner.requests.count == 1)
    rig.advance(by: .seconds(1))
    _ = try #require(try rig.store.deliveries(of: first, become: .delivered))
    _ = try #require(try rig.store.deliveries(of: second, become: .delivered))
  }

  @Test("an outcome is kept while the store takes nothing, and the message is not sent a second time")
  func storeFailing() throws {
    let partner = try ScriptedPartner { _, _ in .hold }
    let rig = try DelivererRig([try .sample("agency", at: partner.address)])
    let message = try rig.record("H99.1", "{}", to: "agency")
    #expect(partner.waitUntilHeld(1))
    rig.store.failExchanges(.unavailable)
    partner.answerHeld(Self.yes)
    for failures in 1...4 {
      #expect(rig.log.wait(for: "store-refuses-exchange", times: failures))
      rig.advance(by: .milliseconds(1))
    }
    #expect(try rig.store.message(message)?.deliveries.first?.state == .inFlight)
    rig.store.failExchanges(nil)
    rig.advance(by: .milliseconds(1))
    _ = try #require(try rig.store.deliveries(of: message, become: .delivered))
    #expect(partner.requests.count == 1)
  }

  @Test(
    "what waits when the lease on the store is over is not sent: it is another gateway's; if it is not, it goes out later"
  )
  func leaseOver() throws {
    let partner = try ScriptedPartner { _, number in number <= 2 ? .hold : .answer(Self.yes) }
    let rig = try DelivererRig([try .sample("agency", at: partner.address, window: 2)])
    var messages: [MessageID] = []
    for number in 0..<4 { messages.append(try rig.record(DossierCode("H99.\(number)"), "{}", to: "agency")) }
    #expect(partner.waitUntilHeld(2))
    // Two are under way and two wait behind them, claimed.
    #expect(
      try rig.store.waitUntil {
        try messages.allSatisfy { try rig.store.message($0)?.deliveries.first?.state == .inFlight }
      })
    rig.store.setLease(.lost)
    rig.store.failExchanges(.unavailable)
    partner.answerHeld(Self.yes)
    #expect(rig.log.wait(for: "claims-dropped"))
    #expect(rig.log.wait(for: "store-refuses-exchange"))
    #expect(partner.requests.count == 2, "nothing was started without a lease")
    rig.store.setLease(.kept)
    rig.store.failExchanges(nil)
    rig.advance(by: .milliseconds(1))
    for message in messages { _ = try #require(try rig.store.deliveries(of: message, become: .delivered)) }
    #expect(partner.requests.count == 4, "each was sent once")
  }

  @Test("claims of an epoch that others have ended are not sent")
  func epochReplaced() throws {
    let partner = try ScriptedPartner { _, _ in .hold }
    let rig = try DelivererRig([try .sample("agency", at: partner.address, window: 1)])
    try rig.record("H99.1", "{}", to: "agency")
    #expect(partner.waitUntilHeld(1))
    let second = try rig.record("H99.2", "{}", to: "agency")
    #expect(try rig.store.deliveries(of: second, become: .inFlight) != nil)
    rig.store.setLease(.replaced(4_711))
    rig.store.failExchanges(.unavailable)
    partner.answerHeld(Self.yes)
    #expect(rig.log.wait(for: "claims-dropped"))
    #expect(rig.log.wait(for: "store-refuses-exchange"))
    #expect(partner.requests.count == 1)
    partner.stop()
  }

  @Test("an ordered stop lets the requests under way end and writes down their outcomes")
  func orderedStop() throws {
    let partner = try ScriptedPartner { _, _ in .hold }
    let rig = try DelivererRig([try .sample("agency", at: partner.address, window: 2)])
    let first = try rig.record("H99.1", "{}", to: "agency")
    #expect(partner.waitUntilHeld(1))
    let stopped = Latch()
    let thread = WorkerThread(name: "stopper") { [deliverer = rig.deliverer] in
      deliverer.stop()
      stopped.set()
    }
    #expect(rig.log.wait(for: "deliverer-stopping"))
    // What comes now is for the next start.
    let second = try rig.record("H99.2", "{}", to: "agency")
    #expect(!stopped.isSet)
    partner.answerHeld(Self.yes)
    #expect(stopped.wait(deadline: .seconds(20)))
    thread.join()
    #expect(try rig.store.message(first)?.deliveries.first?.state == .delivered)
    #expect(try rig.store.message(second)?.deliveries.first?.state == .ready)
    #expect(partner.requests.count == 1)
  }

  @Test("what a stop cuts off is sent again by the next start, with the same key")
  func stopAndStart() throws {
    let partner = try ScriptedPartner { _, number in number == 1 ? .hold : .answer(Self.yes) }
    let destination = try Destination.sample("agency", at: partner.address)
    let rig = try DelivererRig([destination])
    let message = try rig.record("H99.1", "{}", to: "agency")
    #expect(partner.waitUntilHeld(1))
    let thread = WorkerThread(name: "stopper") { [deliverer = rig.deliverer] in deliverer.stop() }
    #expect(rig.log.wait(for: "deliverer-stopping"))
    rig.advance(by: .seconds(5))
    thread.join()
    #expect(try rig.store.message(message)?.deliveries.first?.state == .inFlight)
    rig.stop()

    let next = try DelivererRig([destination], folder: rig.folder)
    let delivered = try #require(try next.store.deliveries(of: message, become: .delivered)?.first)
    #expect(delivered.attempts == 2)
    #expect(partner.requests.count == 2)
    #expect(partner.requests[0].headers["Idempotency-Key"] == partner.requests[1].headers["Idempotency-Key"])
    partner.stop()
  }
}
