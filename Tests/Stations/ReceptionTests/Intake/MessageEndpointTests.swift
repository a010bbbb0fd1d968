import DossierModel
import DossierStore
import HTTPKit
import JSONKit
import Reception
import ServiceKit
import Testing

@Suite("POST /v1/messages: what is taken")
struct MessageEndpointTests {
  private let rig: ReceptionRig
  init() throws { rig = try ReceptionRig() }

  private func headers(_ more: HTTPHeaders = [:]) -> HTTPHeaders {
    var headers: HTTPHeaders = ["X-Api-Key": ReceptionRig.key]
    for field in more.all { headers.append(field.name, field.value) }
    return headers
  }

  private func code(_ response: HTTPResponse) throws -> String? {
    try rig.json(response)["type"]?.string.map { String($0.dropFirst("urn:lienthong:problem:".count)) }
  }

  @Test("a message gets a receipt that names what is on the disk")
  func receipt() throws {
    let body = #"{"MaHoSo":"H1"}"#
    let response = try rig.post(body)
    #expect(response.status == 202)
    #expect(response.headers["Idempotency-Replayed"] == nil)
    let receipt = try rig.json(response)
    let id = try #require(receipt["id"]?.string.flatMap { MessageID($0) })
    #expect(receipt["dossier"]?.string == "H1")
    #expect(receipt["receivedAt"]?.string == "2026-01-01T07:00:00.000000+07:00")
    #expect(receipt["state"]?.string == "/v1/messages/\(id)")
    #expect(response.headers["Location"] == "/v1/messages/\(id)")
    #expect(receipt["sha256"]?.string == MessageDigest(of: Array(body.utf8)).description)
    let stored = try #require(try rig.store.message(id))
    #expect(stored.envelope.sender == "mot-cua" && stored.envelope.type == "thu/ho-so")
    #expect(try rig.store.body(of: id) == Array(body.utf8))
  }

  @Test(
    "JSON and XML are told by the media type, its parameters and case aside",
    arguments: [
      ("application/json", true), ("APPLICATION/JSON ; charset=utf-8", true), ("application/vnd.ho-so+json", true),
      ("application/xml", false), ("text/xml;charset=utf-8", false), ("application/soap+xml", false),
    ])
  func mediaTypes(type: String, isJSON: Bool) throws {
    let body = isJSON ? #"{"MaHoSo":"H1"}"# : "<TaiLieu>H1</TaiLieu>"
    #expect(try rig.post(body, type: type).status == 202)
  }

  @Test(
    "any other media type, or none, is refused",
    arguments: [nil, "", "text/plain", "application/x-json", "json", "application/jsonx", "application/octet-stream"])
  func otherMediaTypes(type: String?) throws {
    let response = try rig.post(#"{"MaHoSo":"H1"}"#, type: type)
    #expect(response.status == 415)
    #expect(try code(response) == "unsupported-media-type")
  }

  @Test(
    "holodeck-receipt-then-nonreceipt-128: the same key with the same bytes gives the first receipt again, also much later"
  )
  func duplicate() throws {
    let first = try rig.post(#"{"MaHoSo":"H1"}"#, headers: headers(["Idempotency-Key": "k"]))
    rig.time.advance(by: .seconds(86_400))
    let second = try rig.post(#"{"MaHoSo":"H1"}"#, headers: headers(["Idempotency-Key": "k"]))
    #expect(first.status == 202 && second.status == 202 && first.body == second.body)
    #expect(second.headers["Idempotency-Replayed"] == "true")
  }

  @Test(
    "holodeck-same-payload-156: the same key with other bytes is refused; another key for the same bytes is another message"
  )
  func keyReused() throws {
    let first = try rig.post(#"{"MaHoSo":"H1"}"#, headers: headers(["Idempotency-Key": "k"]))
    let other = try rig.post(#"{"MaHoSo":"H1", "x":1}"#, headers: headers(["Idempotency-Key": "k"]))
    #expect(other.status == 422)
    #expect(try code(other) == "key-reused")
    let again = try rig.post(#"{"MaHoSo":"H1"}"#, headers: headers(["Idempotency-Key": "l"]))
    #expect(again.status == 202 && again.body != first.body)
    #expect(try rig.refusals() == ["mot-cua: key-reused"])
  }

  @Test("holodeck-dup-of-failed-142: what was refused leaves nothing behind that would take its key or its place")
  func refusedKey() throws {
    let refused = try rig.post(#"{"MaHoSo":"H1""#, headers: headers(["Idempotency-Key": "k"]))
    #expect(refused.status == 400)
    let mended = try rig.post(#"{"MaHoSo":"H1"}"#, headers: headers(["Idempotency-Key": "k"]))
    #expect(mended.status == 202 && mended.headers["Idempotency-Replayed"] == nil)
  }

  @Test("without a key the sender's latest message about a dossier is known again by its bytes, an older one is not")
  func noKey() throws {
    let first = try rig.post(#"{"MaHoSo":"H1"}"#)
    #expect(try rig.post(#"{"MaHoSo":"H1"}"#).body == first.body)
    #expect(try rig.post(#"{"MaHoSo":"H1","TrangThai":"5"}"#).headers["Idempotency-Replayed"] == nil)
    let third = try rig.post(#"{"MaHoSo":"H1"}"#)
    #expect(third.status == 202 && third.body != first.body)
  }

  @Test("a key has 1 to 255 printable ASCII characters")
  func keyLimits() throws {
    let limit = MessageEndpoint.keyLimit
    for key in [String(repeating: "k", count: limit), "!", "~"] {
      #expect(try rig.post(#"{"MaHoSo":"H1"}"#, headers: headers(["Idempotency-Key": key])).status == 202)
    }
    for key in [String(repeating: "k", count: limit + 1), "", "a b", "khóa"] {
      let response = try rig.post(#"{"MaHoSo":"H1"}"#, headers: headers(["Idempotency-Key": key]))
      #expect(response.status == 400)
      #expect(try code(response) == "malformed")
    }
  }

  @Test("a document that fits more than one type needs ?type=, which then decides")
  func ambiguous() throws {
    let body = #"{"MaHoSo":"H1","Hai":"x"}"#
    let response = try rig.post(body)
    #expect(response.status == 422)
    #expect(try code(response) == "unknown-message")
    #expect(try rig.json(response)["detail"]?.string?.contains("thu/ho-so, thu/ho-so-hai") == true)
    let named = try rig.post(body, query: "type=thu/ho-so-hai")
    let id = try #require(try rig.json(named)["id"]?.string.flatMap { MessageID($0) })
    #expect(try rig.store.message(id)?.envelope.type == "thu/ho-so-hai")
  }

  @Test("a document of no type is told which types there are; an unknown or ill-fitting ?type= is refused")
  func unknownType() throws {
    let response = try rig.post(#"{"La":"x"}"#)
    #expect(response.status == 422)
    #expect(try code(response) == "unknown-message")
    #expect(try rig.json(response)["detail"]?.string?.contains("thu/tai-lieu") == true)
    for type in ["thu/la", "thu/tai-lieu"] {
      let named = try rig.post(#"{"MaHoSo":"H1"}"#, query: "type=\(type)")
      #expect(try named.status == 422 && code(named) == "unknown-message")
    }
  }

  @Test("a type that the sender may not send is forbidden, recognised or named")
  func forbidden() throws {
    for query in ["", "type=thu/bi-cam"] {
      let response = try rig.post(#"{"MaHoSo":"H1","Cam":"x"}"#, query: query)
      #expect(try response.status == 403 && code(response) == "forbidden")
    }
    // What a sender may send is not made ambiguous by what it may not send.
    #expect(try rig.post(#"{"MaHoSo":"H1","MaTTHC":"1"}"#).status == 202)
  }

  @Test("a well-formed trace context is kept with the message, another one is not")
  func trace() throws {
    let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    for (value, kept) in [(trace, trace as String?), ("00-x", nil)] {
      let response = try rig.post(#"{"MaHoSo":"\#(value)"}"#, headers: headers(["traceparent": value]))
      let id = try #require(try rig.json(response)["id"]?.string.flatMap { MessageID($0) })
      #expect(try rig.store.message(id)?.envelope.traceparent == kept)
    }
  }
}
