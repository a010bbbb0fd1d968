import DossierModel
import DossierStore
import HTTPKit
import ServiceKit
import Testing

@testable import Delivery

@Suite struct PollAnswerReaderTests {
  private static let profile = """
    polls:
      danh-sach:
        every: 5m
        path: "/list?after={cursor}"
        answers:
          format: json
          rules:
            - { outcome: nothing, when: "status = 'none'" }
            - { outcome: retry, when: "status = 'later'" }
            - { outcome: listed, status: 200 }
        items: value/rows
        id: id
        fields: { ma: code }
        cursor: { item: id }
        pages: { size: 2 }
        PART

    """

  private let now = Timestamp(seconds: 1_790_000_000)

  private func poll(_ part: String = "message: record") throws -> PartnerPoll {
    let text =
      SampleProfile.replacing("schema: x.json }", with: "schema: x.json, toCanonical: x }")
      + Self.profile.replacing("PART", with: part)
    return try #require(try SampleProfile.read(text).polls.first)
  }

  private func read(_ body: String, _ poll: PartnerPoll? = nil, limits: PollLimits = PollLimits()) throws -> PollAnswer
  {
    let poll = try poll ?? self.poll()
    let reader = PollAnswerReader(id: PollID("x", "danh-sach"), poll: poll, limits: limits)
    return reader.list(
      HTTPResponse(status: 200, headers: [:], body: Array(body.utf8)),
      AnswerReader(rules: poll.list.answers, limits: limits.answers), now: now)
  }

  private func items(_ answer: PollAnswer) -> [FoundItem]? {
    if case .listed(let items, _, _) = answer.reading { items } else { nil }
  }

  private func isUnreadable(_ answer: PollAnswer) -> Bool {
    if case .unreadable = answer.reading { true } else { false }
  }

  @Test("items are the bytes as they stood, with their names and the last one's place to go on")
  func items() throws {
    let answer = try read(#"{"value": {"rows": [ {"id": 7, "code":"A" , "n": 1.50}, {"id": 8, "code": "B"} ]}}"#)
    guard case .listed(let items, let cursor, let hasMore) = answer.reading else {
      return #expect(Bool(false), "no list")
    }
    #expect(
      items.map { String(decoding: $0.item.bytes, as: UTF8.self) }
        == [#"{"id": 7, "code":"A" , "n": 1.50}"#, #"{"id": 8, "code": "B"}"#])
    #expect(items.map(\.item.name) == ["7", "8"] && items.map(\.fields) == [["ma": "A"], ["ma": "B"]])
    #expect(cursor == "8" && hasMore && items[0].item.type == "sample/record")
  }

  @Test("an empty list in its place is nothing; an empty answer, null, another object, a page of HTML are outages")
  func nothing() throws {
    #expect(try items(read(#"{"value": {"rows": []}}"#)) == [])
    for body in [
      "", " ", "null", "{}", "[]", #"{"value": null}"#, #"{"value": {"rows": null}}"#, #"{"value": []}"#,
      #"{"rows": []}"#, #"{"error": "bảo trì"}"#, "<html/>", #"{"value": {"rows": ["#,
    ] {
      #expect(try isUnreadable(read(body)), "\(body)")
    }
    guard case .nothing = try read(#"{"status": "none"}"#).reading else { return #expect(Bool(false), "no rule") }
    guard case .failed(.businessRetry, _) = try read(#"{"status": "later", "value": {"rows": []}}"#).reading else {
      return #expect(Bool(false), "the rule comes first")
    }
  }

  @Test(
    "an item without a name is named by its bytes, a long name is cut, and one without a document is at fault alone")
  func parts() throws {
    let long = String(repeating: "ạ", count: 300)
    let found = try #require(try items(read(#"{"value":{"rows":[{"code":"A","id":""},{"id":"\#(long)"}]}}"#)))
    #expect(found[0].item.name == found[0].item.digest.description)
    #expect(found[1].item.name.utf8.count <= PollItem.nameBytesLimit + 100 && found[1].item.name.contains("…"))
    let inner = try poll("document: { at: doc, as: xml, base64: true }")
    let rows = #"{"value":{"rows":[{"id":"1","doc":"PGEvPg=="},{"id":"2","doc":"!"},{"id":"3"}]}}"#
    let documents = try #require(try items(read(rows, inner)))
    #expect(documents.map(\.fault).map { $0 == nil } == [true, false, false])
    #expect(String(decoding: documents[0].item.bytes, as: UTF8.self) == "<a/>")
    #expect(String(decoding: documents[2].item.bytes, as: UTF8.self) == #"{"id":"3"}"#)
  }

  @Test("more items than may be are refused as a whole", arguments: [(2, true), (3, false)])
  func limit(count: Int, isTaken: Bool) throws {
    var limits = PollLimits()
    limits.items = 2
    let rows = (0..<count).map { "{\"id\":\($0 + 1)}" }.joined(separator: ",")
    let answer = try read("{\"value\":{\"rows\":[\(rows)]}}", limits: limits)
    #expect((items(answer) != nil) == isTaken)
    if !isTaken, case .failed(.answerTooLarge, _) = answer.reading { return }
    #expect(isTaken)
  }

  @Test("items without a place to go on are an outage")
  func cursor() throws {
    #expect(try isUnreadable(read(#"{"value":{"rows":[{"code":"A"}]}}"#)))
  }

  @Test(
    "what is wrong with a poll is told with its place",
    arguments: [
      ("cursor: { item: id }", "cursor: {}", "a cursor stands in one place"),
      ("every: 5m", "every: 1ms", "out of range"),
      ("{cursor}", "{page}x", "no template of the question places {cursor}"),
      ("{cursor}", "{item}", "cannot be filled in here"),
      ("PART", "message: step", "no message of this name is read"),
      ("PART", "window: { format: yyyy }", "a poll goes on in one way"),
      (
        "status: 200 }", "status: 200 }\n        - { outcome: nothing, status: 404 }",
        "no proof that there is nothing"
      ),
      ("outcome: listed", "outcome: accepted", "this outcome is not known"),
      (
        "PART", "detail: { path: '/x/{item.ten}', answers: { rules: [{ outcome: found, status: 201 }] } }",
        "no field of the items"
      ),
      ("PART", "json: { a: 1 }\n    method: GET", "a GET has no body"),
      ("PART", "document: { at: doc, base64: true }", "a text is one of a form"),
      ("cursor: { item: id }", "awaited: { messages: [la] }", "no message of this name is sent"),
    ])
  func mistakes(old: String, new: String, complaint: String) throws {
    let text =
      SampleProfile.replacing("schema: x.json }", with: "schema: x.json, toCanonical: x }")
      + Self.profile.replacing(old, with: new).replacing("PART", with: "")
    let error = #expect(throws: ConfigurationErrors.self) { try SampleProfile.read(text) }
    let said = error.map { "\($0)" } ?? ""
    #expect(said.contains(complaint), "\(said)")
  }
}
