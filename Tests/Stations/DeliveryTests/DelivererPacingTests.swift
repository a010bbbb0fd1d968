import Delivery
import DossierModel
import DossierStore
import GatewayTesting
import HTTPKit
import ServiceKit
import Testing

/// When and how fast a deliverer sends to an agency that says so.
@Suite struct DelivererPacingTests {
  private static let yes = HTTPResponse.text(200, #"{"code": 0}"#)
  /// Where the rig's clock starts, 07:00 in Viet Nam.
  private let start = ManualTimeSource().now()

  @Test("what is under way when quiet hours begin is finished, what waits goes out when they end")
  func quietHours() throws {
    let partner = try ScriptedPartner { _, number in number == 1 ? .hold : .answer(Self.yes) }
    let hours = try #require(DeliveryHours(quiet: [DeliveryHours.Quiet(from: 8 * 60, length: 120)]))
    let rig = try DelivererRig([try .sample("agency", at: partner.address, window: 1, hours: hours)])
    let first = try rig.record("H99.1", "{}", to: "agency")
    #expect(partner.waitUntilHeld(1))
    let second = try rig.record("H99.2", "{}", to: "agency")
    _ = try #require(try rig.store.deliveries(of: second, become: .inFlight))
    rig.advance(by: .seconds(3_600))
    let put = try #require(try rig.store.deliveries(of: second, become: .deferred)).first
    #expect(rig.attempts("agency") == ["outOfHours": 1])
    #expect(put?.due.map { $0 >= start + .seconds(3 * 3_600) } == true)
    partner.answerHeld(Self.yes)
    _ = try #require(try rig.store.deliveries(of: first, become: .delivered))
    let third = try rig.record("H99.3", "{}", to: "agency")
    rig.advance(by: .seconds(7_199))
    #expect(partner.requests.count == 1)
    rig.advance(by: .seconds(1))
    _ = try #require(try rig.store.deliveries(of: third, become: .delivered))
    _ = try #require(try rig.store.deliveries(of: second, become: .delivered))
    #expect(rig.closings == 0, "an agency that sleeps is not taken for one that is broken")
  }

  @Test("a rate is kept to")
  func rate() throws {
    let partner = try ScriptedPartner { _, _ in .answer(Self.yes) }
    let rig = try DelivererRig([
      try .sample("agency", at: partner.address, rate: RateLimit(requests: 60, period: .seconds(60), burst: 3))
    ])
    for number in 0..<6 { try rig.record(DossierCode("H99.\(number)"), "{}", to: "agency") }
    #expect(rig.store.waitUntil { rig.attempts("agency")["accepted"] == 1 })
    rig.advance(by: .milliseconds(999))
    rig.advance(by: .milliseconds(1))
    #expect(rig.store.waitUntil { rig.attempts("agency")["accepted"] == 2 })
    #expect(partner.requests.count == 2)
    rig.advance(by: .seconds(60))
    #expect(rig.store.waitUntil { rig.attempts("agency")["accepted"] == 5 })
    #expect(partner.requests.count == 5)
  }

  @Test("mirth-head-of-line-4144: a message that the agency answers with 4xx holds up no other one")
  func poison() throws {
    let partner = try ScriptedPartner { request, _ in
      request.body == Array("poison".utf8) ? .answer(.text(404, "")) : .answer(Self.yes)
    }
    let rig = try DelivererRig([try .sample("agency", at: partner.address, window: 2)])
    for number in 0..<20 { try rig.record(DossierCode("P99.\(number)"), "poison", to: "agency") }
    for number in 0..<20 { try rig.record(DossierCode("H99.\(number)"), "{}", to: "agency") }
    #expect(rig.store.waitUntil { rig.attempts("agency")["accepted"] == 20 })
    #expect(rig.closings == 0)
  }

  @Test("of large messages no more are claimed at a time than may be held, and all of them arrive")
  func heldBytes() throws {
    let partner = try ScriptedPartner { _, number in number <= 3 ? .hold : .answer(Self.yes) }
    var limits = DelivererLimits.testing
    limits.claimedBytes = 100
    let rig = try DelivererRig([try .sample("agency", at: partner.address, window: 16)], limits: limits)
    let payload = String(repeating: "a", count: 40)
    for number in 0..<30 { try rig.record(DossierCode("H99.\(number)"), payload, to: "agency") }
    #expect(partner.waitUntilHeld(3))
    let held = try rig.sqlite.queue().first { $0.state == .inFlight }?.count ?? 0
    #expect((3...6).contains(held), "three by each of two exchanges")
    partner.answerHeld(Self.yes)
    #expect(rig.store.waitUntil { rig.attempts("agency")["accepted"] == 30 })
  }
}
