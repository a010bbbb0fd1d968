import Delivery
import DossierModel
import DossierStore
import GatewayTesting
import HTTPKit
import ServiceKit
import Testing

@Suite struct DelivererTests {
  private static let yes = HTTPResponse.text(200, #"{"code": 0}"#)

  @Test("a recorded delivery is sent at once, with its key, our name and the sender's trace, and is delivered")
  func delivered() throws {
    let partner = try ScriptedPartner { _, _ in .answer(Self.yes) }
    let rig = try DelivererRig([try .sample("agency", at: partner.address + "/base/")])
    let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    let message = try rig.record("H99.1", #"{"a": 1}"#, to: "agency", traceparent: trace)

    let delivery = try #require(try rig.store.deliveries(of: message, become: .delivered)?.first)
    #expect(delivery.attempts == 1)
    let request = try #require(partner.requests.first)
    #expect(partner.requests.count == 1)
    #expect(request.method == .post)
    #expect(request.target == "/base/records")
    #expect(String(decoding: request.body, as: UTF8.self) == #"{"a": 1}"#)
    #expect(request.headers["Idempotency-Key"] == "\(message).\(delivery.id)")
    #expect(request.headers["User-Agent"] == "lienthong/1.2.3")
    #expect(request.headers["Content-Type"] == "application/json; charset=utf-8")
    let own = try #require(request.headers["traceparent"])
    #expect(own.hasPrefix("00-4bf92f3577b34da6a3ce929d0e0e4736-"))
    #expect(own.hasSuffix("-01"))
    #expect(!own.contains("00f067aa0ba902b7"))
    #expect(rig.attempts("agency") == ["accepted": 1])
  }

  @Test("a delivery that the partner puts off waits until its time, and goes out again with the same key")
  func deferred() throws {
    let partner = try ScriptedPartner { _, number in .answer(number == 1 ? .text(500, "") : Self.yes) }
    let rig = try DelivererRig([try .sample("agency", at: partner.address)])
    let message = try rig.record("H99.1", "{}", to: "agency")

    let deferred = try #require(try rig.store.deliveries(of: message, become: .deferred)?.first)
    #expect(deferred.lastFailure == .serverError)
    let due = try #require(deferred.due)
    #expect(due > rig.time.now() + .milliseconds(3_700))
    #expect(due <= rig.time.now() + .seconds(5))
    rig.advance(by: .seconds(5))
    let delivered = try #require(try rig.store.deliveries(of: message, become: .delivered)?.first)
    #expect(delivered.attempts == 2)
    #expect(partner.requests.count == 2)
    #expect(partner.requests[0].headers["Idempotency-Key"] == partner.requests[1].headers["Idempotency-Key"])
  }

  @Test("a partner that cannot be reached gets the delivery later; one that says no for good does not")
  func unreachableAndRefused() throws {
    let gone = try ScriptedPartner { _, _ in .hold }
    let address = gone.address
    gone.stop()
    let partner = try ScriptedPartner { _, _ in .answer(.text(422, "{}")) }
    let rig = try DelivererRig([try .sample("gone", at: address), try .sample("agency", at: partner.address)])
    let first = try rig.record("H99.1", "{}", to: "gone")
    let second = try rig.record("H99.1", "{}", to: "agency")
    #expect(try rig.store.deliveries(of: first, become: .deferred)?.first?.lastFailure == .connect)
    #expect(try rig.store.deliveries(of: second, become: .refused)?.first?.lastFailure == .businessRefusal)
  }

  @Test("a delivery whose lifetime is spent is dead after its last attempt")
  func dead() throws {
    let partner = try ScriptedPartner { _, _ in .answer(.text(500, "")) }
    let retry = RetryPolicy(pauseMinimum: .seconds(5), pauseMaximum: .seconds(5), lifetime: .seconds(4))
    let rig = try DelivererRig([try .sample("agency", at: partner.address, retry: retry)])
    let message = try rig.record("H99.1", "{}", to: "agency")
    _ = try #require(try rig.store.deliveries(of: message, become: .deferred))
    rig.advance(by: .seconds(5))
    #expect(try rig.store.deliveries(of: message, become: .dead)?.first?.attempts == 2)
    #expect(rig.log.lines.contains { $0.contains("delivery-given-up") })
  }

  @Test(
    "wso2-drops-on-missing-endpoint: a message the profile has no operation for waits for the configuration and is never sent"
  )
  func noOperation() throws {
    let partner = try ScriptedPartner { _, _ in .answer(Self.yes) }
    let rig = try DelivererRig([try .sample("agency", at: partner.address)])
    let message = try rig.record("H99.1", "{}", type: "other/record", to: "agency")
    let deferred = try #require(try rig.store.deliveries(of: message, become: .deferred)?.first)
    #expect(deferred.lastFailure == .configuration)
    #expect(partner.requests.isEmpty)
  }

  @Test("nothing is claimed for a party that pulls from its inbox")
  func pulling() throws {
    let partner = try ScriptedPartner { _, _ in .answer(Self.yes) }
    let rig = try DelivererRig([try .sample("agency", at: partner.address)])
    let waiting = try rig.record("H99.1", "{}", to: "puller")
    let other = try rig.record("H99.2", "{}", to: "agency")
    _ = try #require(try rig.store.deliveries(of: other, become: .delivered))
    #expect(try rig.store.message(waiting)?.deliveries.first?.state == .ready)
  }

  @Test("messages of one dossier arrive one after the other in their order, those of others meanwhile")
  func orderPerDossier() throws {
    let partner = try ScriptedPartner { request, number in
      // The first of dossier 1 fails once: its successors wait for it.
      number == 1 ? .answer(.text(500, "")) : .answer(Self.yes)
    }
    let rig = try DelivererRig([try .sample("agency", at: partner.address)])
    let first = try rig.record("H99.1", "1-1", to: "agency")
    _ = try #require(try rig.store.deliveries(of: first, become: .deferred))
    var last = first
    for number in 2...6 { last = try rig.record("H99.1", "1-\(number)", to: "agency") }
    let other = try rig.record("H99.2", "2-1", to: "agency")
    _ = try #require(try rig.store.deliveries(of: other, become: .delivered))
    #expect(partner.requests.map { String(decoding: $0.body, as: UTF8.self) } == ["1-1", "2-1"])
    rig.advance(by: .seconds(5))
    _ = try #require(try rig.store.deliveries(of: last, become: .delivered))
    let bodies = partner.requests.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(bodies == ["1-1", "2-1", "1-1", "1-2", "1-3", "1-4", "1-5", "1-6"])
  }
}
