import CryptographyKit
import DossierModel
import DossierStore
import ServiceKit
import Testing

@testable import HTTPKit
@testable import Reception

@Suite("The SOAP door")
struct SOAPFrontDoorTests {
  private let rig: SOAPRig
  init() throws { rig = try SOAPRig() }

  private static let dossier = #"{"MaHoSo": "H1"}"#

  // MARK: What the operations do

  @Test("gives the receipt after the commit, in the version of the request, and the same again for the same key")
  func send() throws {
    for (version, code) in [(SOAPVersion.v11, "H1"), (.v12, "H2")] {
      let document = "{\"MaHoSo\": \"\(code)\"}"
      let body = SOAPRig.sending(document, key: "khoa-\(code)", type: "thu/ho-so")
      let first = try rig.post(body, version)
      #expect(first.response.status == 200)
      let stored = try #require(try rig.base.store.latestMessage(of: DossierCode(code), from: "mot-cua"))
      #expect(try first.text("//lt:id", version) == stored.envelope.id.description)
      #expect(try first.text("//lt:sha256", version) == MessageDigest(of: Array(document.utf8)).description)
      #expect(try first.text("//lt:repeated", version) == "false")
      #expect(try rig.base.store.body(of: stored.envelope.id) == Array(document.utf8), "byte by byte")

      let again = try rig.post(body, version)
      #expect(try again.text("//lt:repeated", version) == "true")
      for name in ["id", "sha256", "receivedAt", "dossier"] {
        #expect(try again.text("//lt:\(name)", version) == first.text("//lt:\(name)", version))
      }
      // The key is the one of the v1 API.
      let other = try rig.base.post(
        document, headers: ["X-Api-Key": ReceptionRig.key, "Idempotency-Key": "khoa-\(code)"])
      #expect(other.headers["Idempotency-Replayed"] == "true")
      let reused = try rig.post(SOAPRig.sending(#"{"MaHoSo": "H9"}"#, key: "khoa-\(code)"), version)
      #expect(try rig.fault(reused, version) == [version == .v11 ? "Client" : "Sender", "key-reused"])
    }
  }

  @Test("refuses what the line refuses, with every finding in both languages, and writes it into the journal")
  func invalid() throws {
    for (version, code, status) in [(SOAPVersion.v11, "Client", 500), (.v12, "Sender", 400)] {
      let answer = try rig.post(SOAPRig.sending(#"{"MaHoSo": "H1", "Sai": 1}"#), version)
      #expect(answer.response.status == status)
      #expect(try rig.fault(answer, version) == [code, "invalid"])
      #expect(try answer.text("//lt:error/lt:path", version) == "/Sai")
      #expect(try answer.text("//lt:error/lt:messageVi", version) == "không được có trường này")
      #expect(try answer.text("//lt:error/lt:messageEn", version) == "this member must not be there")
      #expect(try answer.text("//lt:retryable", version) == "false")
      let reason = version == .v11 ? "//faultstring" : "//e:Text[lang('vi')]"
      #expect(try answer.text(reason, version).hasPrefix("thông điệp vi phạm 1 quy tắc"))
      if version == .v12 { #expect(try answer.text("//e:Text[lang('en')]", version) == "the message breaks 1 rule") }
    }
    #expect(try rig.base.refusals().count == 2)
  }

  @Test("tells what can be sent again later, and when")
  func retry() throws {
    rig.base.gate.isOpen = false
    for (version, code) in [(SOAPVersion.v11, "Server"), (.v12, "Receiver")] {
      let answer = try rig.post(SOAPRig.sending(Self.dossier), version)
      #expect(answer.response.status == 500 && answer.response.headers["Retry-After"] == "5")
      #expect(try rig.fault(answer, version) == [code, "unavailable"])
      #expect(try answer.text("//lt:retryable", version) == "true")
      #expect(try answer.text("//lt:retryAfterSeconds", version) == "5")
    }
  }

  @Test("shows what waits, keeps it until it is acknowledged, and tells where a message and its dossier are")
  func pull() throws {
    let receipt = try rig.post(SOAPRig.sending(Self.dossier))
    let id = try receipt.text("//lt:id", .v11)
    let found = try rig.post(SOAPRig.asking(.getMessage, "<id>\(id)</id>"))
    #expect(try found.text("//lt:message/lt:id", .v11) == id)
    #expect(try found.text("//lt:delivery/lt:destination", .v11) == "noi-nhan")
    let story = try rig.post(SOAPRig.asking(.getDossier, "<dossier>H1</dossier>"))
    #expect(try story.text("count(//lt:event)", .v11) != "0")
    // Others learn nothing of it.
    let client: HTTPHeaders = ["Authorization": Self.basic("ung dung", ReceptionRig.clientSecret)]
    for (operation, content) in [(SOAPOperation.getMessage, "<id>\(id)</id>"), (.getDossier, "<dossier>H1</dossier>")] {
      let answer = try rig.post(SOAPRig.asking(operation, content), headers: client)
      #expect(try rig.fault(answer) == ["Client", "not-found"])
    }
    let empty = try rig.post(SOAPRig.asking(.fetchInbox))
    #expect(empty.response.status == 200)
    #expect(try empty.text("count(//lt:FetchInboxResponse/*)", .v11) == "0")
    for delivery in ["1", "không có", "99999999999999999999"] {
      let answer = try rig.post(SOAPRig.asking(.acknowledgeDelivery, "<delivery>\(delivery)</delivery>"))
      #expect(try rig.fault(answer) == ["Client", "not-found"], "\(delivery)")
    }
  }

  // MARK: Who calls

  private static let peer = PeerCertificate(
    sha256Fingerprint: ReceptionRig.fingerprint, subject: "CN=thu", issuer: "CN=thu", serialNumber: [1], notAfter: 0)

  private static func basic(_ name: String, _ password: String) -> String {
    "Basic " + Base64.encode(Array("\(name):\(password)".utf8))
  }

  private static func security(
    _ name: String, _ password: String, type: String? = nil, timestamp: String = "", mustUnderstand: Bool = true
  ) -> String {
    let base = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
    return """
      <w:Security xmlns:w="\(base)wssecurity-secext-1.0.xsd" xmlns:u="\(base)wssecurity-utility-1.0.xsd" \
      s:mustUnderstand="\(mustUnderstand ? "1" : "0")">\(timestamp)<w:UsernameToken><w:Username>\(name)</w:Username>\
      <w:Password\(type.map { " Type=\"\(base)username-token-profile-1.0#\($0)\"" } ?? "")>\(password)</w:Password>\
      </w:UsernameToken></w:Security>
      """
  }

  @Test("knows a caller by certificate, key, Basic or UsernameToken, and by one thing only")
  func identities() throws {
    let body = SOAPRig.asking(.fetchInbox)
    let right = Self.basic("ung dung", ReceptionRig.clientSecret)
    let token = Self.security("ung dung", ReceptionRig.clientSecret)
    for (header, headers, isKnown) in [
      ("", ["X-Api-Key": ReceptionRig.key] as HTTPHeaders, true), ("", ["X-Api-Key": "sai"], false),
      ("", ["Authorization": right], true), ("", ["Authorization": Self.basic("ung dung", "sai")], false),
      ("", ["Authorization": Self.basic("khong co", ReceptionRig.clientSecret)], false),
      ("", ["Authorization": "Basic %%%"], false), ("", ["Authorization": "Negotiate abc"], false),
      ("", ["Authorization": "Bearer \(rig.base.tokens.open(for: "mot-cua"))"], true),
      ("", ["Authorization": "Bearer tu-che"], false), ("", [:], false), (token, [:], true),
      (Self.security("ung dung", "sai"), [:], false),
      (Self.security("ung dung", ReceptionRig.clientSecret, type: "PasswordText"), [:], true),
      (Self.security("ung dung", ReceptionRig.clientSecret, type: "PasswordDigest"), [:], false),
      // What HTTP says decides; the rest never makes it good.
      (token, ["X-Api-Key": "sai"], false), (token, ["Authorization": Self.basic("ung dung", "sai")], false),
      (Self.security("ung dung", "sai"), ["X-Api-Key": ReceptionRig.key], true),
    ] {
      for version in SOAPVersion.allCases {
        let answer = try rig.post(body, version, header: header, headers: headers)
        #expect(answer.response.status == (isKnown ? 200 : 401), "\(header) \(headers)")
        guard !isKnown else { continue }
        #expect(try rig.fault(answer, version) == [version == .v11 ? "Client" : "Sender", "unauthenticated"])
        #expect(answer.response.headers["WWW-Authenticate"]?.hasPrefix("Basic realm=") == true)
      }
    }
    var request = rig.request(SOAPRig.envelope(body), headers: [:])
    request.peer = Self.peer
    #expect(try rig.answer(request).response.status == 200)
  }

  @Test("takes a message with a Timestamp as long as it holds, give or take the skew of clocks")
  func timestamps() throws {
    func status(created: Duration, expires: Duration) throws -> Int {
      let now = rig.base.time.now()
      let timestamp =
        "<u:Timestamp><u:Created>\((now + created).rfc3339())</u:Created>"
        + "<u:Expires>\((now + expires).rfc3339())</u:Expires></u:Timestamp>"
      let header = Self.security("ung dung", ReceptionRig.clientSecret, timestamp: timestamp)
      return try rig.post(SOAPRig.asking(.fetchInbox), header: header, headers: [:]).response.status
    }
    #expect(try status(created: .zero, expires: .seconds(300)) == 200)
    #expect(try status(created: .seconds(300), expires: .seconds(600)) == 200)
    #expect(try status(created: .seconds(301), expires: .seconds(600)) == 401)
    #expect(try status(created: .seconds(-900), expires: .seconds(-300)) == 200)
    #expect(try status(created: .seconds(-900), expires: .seconds(-301)) == 401)
    let wrong = Self.security(
      "ung dung", ReceptionRig.clientSecret, timestamp: "<u:Timestamp><u:Created>hôm nay</u:Created></u:Timestamp>")
    #expect(
      try rig.fault(rig.post(SOAPRig.asking(.fetchInbox), header: wrong, headers: [:])) == ["Client", "malformed"])
  }

  // MARK: Limits

  @Test("takes a document at its limit, with line ends in its Base64 too, and refuses one byte more")
  func documentLimit() throws {
    func answer(_ bytes: Int, lines: Bool) throws -> SOAPRig.Answer {
      let document = "{\"MaHoSo\": \"H\(bytes)\(lines)\", \"Tep\": \""
      let text = document + String(repeating: "x", count: bytes - document.utf8.count - 2) + "\"}"
      var content = Base64.encode(Array(text.utf8))
      if lines {
        let characters = Array(content.utf8)
        content = stride(from: 0, to: characters.count, by: 76).map { start in
          String(decoding: characters[start..<min(start + 76, characters.count)], as: UTF8.self) + "\r\n"
        }.joined()
      }
      return try rig.post(
        "<SendMessage xmlns=\"\(SOAPContract.namespace)\"><type>thu/ho-so</type><format>json</format>"
          + "<content>\(content)</content></SendMessage>")
    }
    let limit = SOAPLimits().documentBytes
    #expect(try answer(limit, lines: false).response.status == 200)
    #expect(try answer(limit, lines: true).response.status == 200)
    #expect(try rig.fault(answer(limit + 1, lines: false)) == ["Client", "too-large"])
  }

  @Test("tells who announces more than a request may have so, in the request's version")
  func announced() throws {
    let limit = SOAPLimits().envelopeBytes
    for version in SOAPVersion.allCases {
      let head = rig.request("", version)
      guard case .memory = rig.door.reception(of: head, length: limit) else {
        Issue.record("a request at the limit is not taken")
        return
      }
      guard case .stream(let sink, _) = rig.door.reception(of: head, length: limit + 1) else {
        Issue.record("a request beyond the limit is taken")
        return
      }
      let told = Awaiting()
      sink.finish(HTTPReply { told.response = $0 })
      #expect(told.response?.headers["Content-Type"]?.hasPrefix(version.mediaType) == true)
      let text = String(decoding: told.response?.body ?? [], as: UTF8.self)
      #expect(text.contains("<code>too-large</code>"))
    }
  }

  private final class Awaiting: @unchecked Sendable {
    // Set on the caller's own thread before `finish` returns.
    var response: HTTPResponse?
  }

  @Test("refuses an envelope of more nodes or depth than it has to have", arguments: [("nodes", 1_000), ("depth", 32)])
  func shape(name: String, limit: Int) throws {
    func answer(_ count: Int) throws -> [String] {
      // Beside what is in the header there are Envelope, Header, Body and the operation.
      let header =
        name == "nodes"
        ? String(repeating: "<a/>", count: count - 4)
        : String(repeating: "<a>", count: count - 2) + String(repeating: "</a>", count: count - 2)
      return try rig.fault(rig.post(SOAPRig.asking(.fetchInbox), header: header))
    }
    let limits = SOAPLimits()
    #expect(limits.nodes == 1_000 && limits.depth == 32)
    #expect(try answer(limit) == ["", ""])
    #expect(try answer(limit + 1) == ["Client", "malformed"])
  }

  // MARK: The address

  @Test("answers everything at and below its path in the tongue")
  func addresses() throws {
    func ask(_ method: HTTPMethod, _ path: [String], query: String = "") throws -> HTTPResponse {
      let query = try #require(HTTPQuery(parsing: Array(query.utf8)[...]))
      return try rig.base.answer(
        of: rig.door,
        to: HTTPRequest(
          method: method, target: "/x", path: path, query: query, headers: ["Content-Type": "application/soap+xml"]))
    }
    #expect(try ask(.get, ["soap"], query: "wsdl").body == rig.contract.wsdl)
    #expect(try ask(.get, ["soap", ""], query: "WSDL").status == 200)
    #expect(try ask(.get, ["soap"]).status == 404)
    let below = try ask(.post, ["soap", "SendMessage"])
    #expect(below.headers["Content-Type"]?.hasPrefix("application/soap+xml") == true)
    #expect(String(decoding: below.body, as: UTF8.self).contains("lt:not-found"))
    let put = try ask(.put, ["soap"])
    #expect(put.headers["Allow"] == "GET, POST" && String(decoding: put.body, as: UTF8.self).contains("Fault"))
    for refusal in HTTPRefusal.allCases {
      let answer = rig.door.answer(to: refusal, of: "/soap")
      #expect(answer.status == refusal.problem.status)
      #expect(String(decoding: answer.body, as: UTF8.self).contains("<reasonVi>"))
    }
  }
}
