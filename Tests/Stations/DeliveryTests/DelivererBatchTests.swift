import Delivery
import DossierModel
import DossierStore
import GatewayTesting
import HTTPKit
import JSONKit
import ServiceKit
import Testing

@Suite("Several deliveries in one request", .timeLimit(.minutes(2)))
struct DelivererBatchTests {
  private static func profile(_ batch: String = "{ size: 3 }") throws -> PartnerProfile {
    let text = SampleProfile.replacing(
      "dossier: { message: record, path: /records }",
      with: "dossier: { message: record, path: /records, list: true, batch: \(batch) }")
    return try SampleProfile.read(
      text.replacing(
        "- { outcome: accepted, when: \"code = 0\" }",
        with: "- { outcome: accepted, when: \"code = 0\" }\n      - { outcome: refused, when: \"code = 1\" }"))
  }

  private static func list(_ request: HTTPRequest) -> [String] {
    (try? JSONDocument(parsing: request.body).root)?.elements.compactMap { $0["so"]?.numberText } ?? []
  }

  /// Lodges records of as many dossiers in one commit; their ids, by number.
  private func record(_ count: Int, _ rig: DelivererRig) throws -> [MessageID] {
    let samples = SampleMessages()
    let records = (1...count).map { number in
      var record = samples.message(DossierCode("H99.\(number)"), body: "\(number)", to: [], at: rig.time.now())
      record.deliveries = [
        NewDelivery(destination: "agency", type: "sample/record", payload: Array("{\"so\":\(number)}".utf8))
      ]
      return record
    }
    _ = try rig.store.recordAndWait(records)
    return records.map(\.envelope.id)
  }

  private func states(_ ids: [MessageID], _ rig: DelivererRig) throws -> [DeliveryState] {
    try ids.map { try #require(try rig.sqlite.message($0)?.deliveries.first?.state) }
  }

  @Test("go as elements of one list, no more than the profile says, and each is delivered")
  func together() throws {
    let partner = try ScriptedPartner { _, _ in .answer(.text(200, #"{"code": 0}"#)) }
    let rig = try DelivererRig([try .sample("agency", at: partner.address, profile: Self.profile())])
    let ids = try record(12, rig)
    #expect(Patience.until { (try? states(ids, rig).allSatisfy { $0 == .delivered }) == true })
    let lists = partner.requests.map(Self.list)
    #expect(lists.flatMap { $0 }.compactMap { Int($0) }.sorted() == Array(1...12))
    #expect(lists.allSatisfy { (1...3).contains($0.count) } && lists.contains { $0.count == 3 } && lists.count < 12)
    // The key of several is theirs together.
    let keys = partner.requests.map { $0.headers["Idempotency-Key"] ?? "" }
    #expect(Set(keys).count == keys.count)
    #expect(
      zip(lists, keys).allSatisfy { $0.count > 1 ? $1.hasPrefix("batch-") : $1.hasPrefix("\(ids[Int($0[0])! - 1])") })
    #expect(rig.attempts("agency") == ["accepted": 12])
  }

  @Test("a no to several is sent again one by one: what is wrong is refused, and keeps no other back")
  func oneIsWrong() throws {
    let partner = try ScriptedPartner { request, _ in
      .answer(.text(200, Self.list(request).contains("2") ? #"{"code": 1}"# : #"{"code": 0}"#))
    }
    let rig = try DelivererRig([try .sample("agency", at: partner.address, profile: Self.profile())])
    let ids = try record(5, rig)
    #expect(Patience.until { (try? states(ids, rig).allSatisfy { $0 == .delivered || $0 == .refused }) == true })
    #expect(try states(ids, rig) == [.delivered, .refused, .delivered, .delivered, .delivered])
    #expect(rig.attempts("agency") == ["accepted": 4, "refused": 1])
  }

  @Test("those that the answer names as failed go again by themselves, and the others are delivered")
  func namedFailures() throws {
    let partner = try ScriptedPartner { request, _ in
      let list = Self.list(request)
      guard list.count > 1 else { return .answer(.text(200, list == ["3"] ? #"{"code": 1}"# : #"{"code": 0}"#)) }
      let failed = list.filter { ["2", "3"].contains($0) }.map { "{\"ma\":\"H99.\($0)\"}" }.joined(separator: ",")
      return .answer(.text(200, "{\"code\": 0, \"loi\": [\(failed)]}"))
    }
    let rig = try DelivererRig([
      try .sample("agency", at: partner.address, profile: Self.profile("{ size: 5, failed: loi, dossier: ma }"))
    ])
    let ids = try record(5, rig)
    #expect(Patience.until { (try? states(ids, rig).allSatisfy { $0 == .delivered || $0 == .refused }) == true })
    #expect(try states(ids, rig) == [.delivered, .delivered, .refused, .delivered, .delivered])
  }

  @Test("an outage puts all of them off, is one fault of the partner's, and what may have arrived goes by itself")
  func outage() throws {
    let partner = try ScriptedPartner { _, number in
      .answer(number == 1 ? .text(500, "") : number == 2 ? .text(200, "<html>") : .text(200, #"{"code": 0}"#))
    }
    let rig = try DelivererRig([try .sample("agency", at: partner.address, profile: Self.profile("{ size: 5 }"))])
    let ids = try record(5, rig)
    #expect(Patience.until { (try? states(ids, rig).allSatisfy { $0 == .deferred }) == true })
    #expect(partner.requests.count == 1 && rig.closings == 0)
    rig.advance(by: .seconds(5))
    #expect(Patience.until { (try? states(ids, rig).contains(.unknown)) == true })
    #expect(
      Patience.until {
        rig.advance(by: .seconds(20))
        return (try? states(ids, rig).allSatisfy { $0 == .delivered }) == true
      })
    let unknown = Self.list(partner.requests[1])
    for request in partner.requests.dropFirst(2) {
      #expect(Self.list(request).count == 1 || Set(Self.list(request)).isDisjoint(with: unknown))
    }
  }

  @Test(
    "an outage takes of the window what one request takes, whether the partner says so or cannot be reached",
    arguments: [true, false])
  func oneFault(isReached: Bool) throws {
    let partner = try ScriptedPartner { _, _ in .answer(.text(500, "")) }
    let address = partner.address
    if !isReached { partner.stop() }
    let rig = try DelivererRig([try .sample("agency", at: address, profile: Self.profile("{ size: 5 }"))])
    func window() -> String? {
      String(decoding: rig.metrics.exposition(), as: UTF8.self).split(separator: "\n")
        .first { $0.hasPrefix("lienthong_delivery_window{") }.map { String($0.split(separator: " ")[1]) }
    }
    #expect(Patience.until { window() == "5" })
    let ids = try record(5, rig)
    #expect(Patience.until { (try? states(ids, rig).allSatisfy { $0 == .deferred }) == true })
    // Five faults would have closed it.
    #expect(window() == "4" && rig.closings == 0)
  }

  @Test("a token that is not taken is renewed once for all of them")
  func token() throws {
    let partner = try ScriptedPartner { request, number in
      if request.path == ["login"] { return .answer(.text(200, "{\"t\": \"t\(number)\"}")) }
      return .answer(request.headers["X-T"] == "t1" ? .text(401, "") : .text(200, #"{"code": 0}"#))
    }
    let text = SampleProfile.replacing(
      "dossier: { message: record, path: /records }",
      with: "dossier: { message: record, path: /records, list: true, batch: { size: 5 } }"
    ).replacing(
      "authentication: none",
      with: "headers: { X-T: \"{session}\" }\n  authentication: { session: { request: { path: /login }, token: t } }")
    let rig = try DelivererRig([try .sample("agency", at: partner.address, profile: SampleProfile.read(text))])
    let ids = try record(4, rig)
    #expect(Patience.until { (try? states(ids, rig).allSatisfy { $0 == .delivered }) == true })
    #expect(partner.requests.filter { $0.path == ["login"] }.count == 2)
    #expect(rig.attempts("agency") == ["accepted": 4])
  }

  @Test(
    "what cannot be in a batch is told with its place",
    arguments: [
      ("list: true, batch: { size: 3 }", "batch: { size: 3 }", "several messages need a list"),
      ("{ size: 3 }", "{ size: 1 }", "out of range"),
      ("{ size: 3 }", "{ size: 3, failed: loi }", "the one is nothing without the other"),
      ("/records", "\"/records/{dossier}\"", "has no {key} and no {dossier} of its own"),
      (
        "{ size: 3 }",
        "{ size: 3 }, ask: { path: /a, answers: { rules: [{ outcome: there, when: a }, { outcome: absent, when: b }] } }",
        "messages that go together have none of their own"
      ),
    ])
  func mistakes(old: String, new: String, complaint: String) throws {
    let text = SampleProfile.replacing(
      "dossier: { message: record, path: /records }",
      with: "dossier: { message: record, path: /records, list: true, batch: { size: 3 } }"
    ).replacing(old, with: new)
    let error = #expect(throws: ConfigurationErrors.self) { try SampleProfile.read(text) }
    #expect(error.map { "\($0)".contains(complaint) } == true, "\(error.map { "\($0)" } ?? "")")
  }
}
