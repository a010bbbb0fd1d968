import Delivery
import DossierModel
import DossierStore
import GatewayTesting
import Glibc
import HTTPKit
import ServiceKit
import Testing
import ThreadKit

/// Failures of other systems that must never be ours, each under the name of its report.
@Suite struct PeerRegressionTests {
  private static let yes = HTTPResponse.text(200, #"{"code": 0}"#)

  @Test("mirth-1001st: everything that piled up goes out, also beyond what is claimed at a time")
  func pile() throws {
    let partner = try ScriptedPartner { _, _ in .answer(Self.yes) }
    let rig = try DelivererRig([try .sample("agency", at: partner.address)])
    try rig.record(count: 1_050, to: "agency")
    #expect(rig.store.waitUntil(within: .seconds(60)) { rig.attempts("agency")["accepted"] == 1_050 })
    #expect(try rig.store.waitUntil { try rig.store.queue().isEmpty })
  }

  @Test("mirth-ack-shift-1314: an answer that came too late is nobody's, and each delivery has its own")
  func answers() throws {
    // The first request is answered after its sender gave up; all answers name the delivery they are meant for.
    let partner = try ScriptedPartner { request, number in
      let key = request.headers["Idempotency-Key"] ?? ""
      return number == 1 ? .hold : .answer(.text(200, #"{"code": 0, "for": "\#(key)"}"#))
    }
    let rig = try DelivererRig([try .sample("agency", at: partner.address, window: 1, answerWithin: .seconds(3))])
    let late = try rig.record("H99.0", "{}", to: "agency")
    #expect(partner.waitUntilHeld(1))
    let messages = try (1...5).map { try rig.record(DossierCode("H99.\($0)"), "{}", to: "agency") }
    _ = try #require(try rig.store.deliveries(of: late, become: .unknown))
    partner.answerHeld(.text(200, #"{"code": 0, "for": "nobody"}"#))
    rig.advance(by: .seconds(600))
    for message in messages + [late] {
      let delivery = try #require(try rig.store.deliveries(of: message, become: .delivered)?.first)
      let attempt = try #require(try rig.store.attempts(of: message).last)
      let answer = try rig.store.answer(to: attempt.ordinal, of: delivery.id, in: message)
      #expect(String(decoding: answer ?? [], as: UTF8.self).contains(#""for": "\#(message).\#(delivery.id)""#))
    }
  }

  @Test(
    "wso2-paused-after-redeploy-1700: a destination that was closed when the gateway stopped is served after the start")
  func restart() throws {
    let isAlive = Monitor(false)
    let partner = try ScriptedPartner { _, _ in isAlive.withLock { $0 } ? .answer(Self.yes) : .answer(.text(502, "")) }
    let destination = try Destination.sample("agency", at: partner.address, window: 2)
    let rig = try DelivererRig([destination])
    let messages = try (0..<6).map { try rig.record(DossierCode("H99.\($0)"), "{}", to: "agency") }
    #expect(rig.store.waitUntil { rig.closings == 1 })
    rig.stop()
    isAlive.withLock { $0 = true }
    let next = try DelivererRig([destination], folder: rig.folder)
    next.advance(by: .seconds(60))
    for message in messages { _ = try #require(try next.store.deliveries(of: message, become: .delivered)) }
  }

  @Test("openhim-unstoppable-retry-1185: what an operator took back while it was tried again is never sent any more")
  func cancelled() throws {
    let partner = try ScriptedPartner { _, _ in .answer(.text(500, "")) }
    let rig = try DelivererRig([try .sample("agency", at: partner.address)])
    let message = try rig.record("H99.1", "{}", to: "agency")
    let deferred = try #require(try rig.store.deliveries(of: message, become: .deferred)?.first)
    let order = OperatorOrder(
      .cancel, DeliverySelection(delivery: deferred.id), actor: "operator:lan", reason: "gửi nhầm", at: rig.time.now())
    #expect(try rig.store.carryOutAndWait(order).items.map(\.result) == [.moved(to: .cancelled)])
    let sent = partner.requests.count
    rig.advance(by: .seconds(7_200))
    // Another one's coming and going shows that the deliverer had its turn.
    let other = try rig.record("H99.2", "{}", to: "agency")
    _ = try #require(try rig.store.deliveries(of: other, become: .deferred))
    #expect(partner.requests.count == sent + 1)
    #expect(try rig.store.message(message)?.deliveries.map(\.state) == [.cancelled])
  }

  @Test("opencps-7-minute-outage: an agency that is away for two days gets everything, without anybody's help")
  func longOutage() throws {
    let isAlive = Monitor(false)
    let partner = try ScriptedPartner { _, _ in isAlive.withLock { $0 } ? .answer(Self.yes) : .answer(.text(502, "")) }
    let rig = try DelivererRig([try .sample("agency", at: partner.address)])
    let message = try rig.record("H99.1", "{}", to: "agency")
    let end = rig.time.now() + .seconds(2 * 86_400)
    var attempts = 1
    while rig.time.now() < end {
      let deferred = try #require(try rig.store.deliveries(of: message, become: .deferred)?.first)
      rig.advance(by: try #require(deferred.due) - rig.time.now())
      attempts += 1
      try #require(rig.store.waitUntil { try rig.store.attempts(of: message).count == attempts })
    }
    #expect(attempts > 40, "it is asked about once an hour")
    isAlive.withLock { $0 = true }
    _ = try #require(try rig.store.deliveries(of: message, become: .deferred))
    rig.advance(by: .seconds(2 * 3_600))
    _ = try #require(try rig.store.deliveries(of: message, become: .delivered))
  }

  @Test("camel-dlq-half-transformed: what an operator lets go after its death is, byte for byte, what was tried before")
  func released() throws {
    let isAlive = Monitor(false)
    let partner = try ScriptedPartner { _, _ in isAlive.withLock { $0 } ? .answer(Self.yes) : .answer(.text(502, "")) }
    let rig = try DelivererRig([
      try .sample("agency", at: partner.address, retry: RetryPolicy(lifetime: .seconds(1)))
    ])
    let message = try rig.record("H99.1", #"{"HoTen":"Nguyễn Thử"}"#, to: "agency")
    let deferred = try #require(try rig.store.deliveries(of: message, become: .deferred)?.first)
    rig.advance(by: .seconds(60))
    _ = try #require(try rig.store.deliveries(of: message, become: .dead))
    isAlive.withLock { $0 = true }
    _ = try rig.store.carryOutAndWait(
      OperatorOrder(
        .release, DeliverySelection(delivery: deferred.id), actor: "operator:lan", reason: "đã sửa", at: rig.time.now())
    )
    _ = try #require(try rig.store.deliveries(of: message, become: .delivered))
    #expect(Set(partner.requests.map(\.body)) == [Array(#"{"HoTen":"Nguyễn Thử"}"#.utf8)])
  }

  @Test("convoy-metrics-scan-2807: metrics are told without the store, also when it is gone")
  func metrics() throws {
    let partner = try ScriptedPartner { _, _ in .answer(Self.yes) }
    let rig = try DelivererRig([try .sample("agency", at: partner.address)])
    let message = try rig.record("H99.1", "{}", to: "agency")
    _ = try #require(try rig.store.deliveries(of: message, become: .delivered))
    rig.stop()
    #expect(unlink(rig.folder.path + "/store.sqlite") == 0)
    #expect(throws: StoreError.self) { _ = try rig.store.queue() }
    #expect(rig.attempts("agency") == ["accepted": 1])
  }
}
