import CryptographyKit
import DossierModel
import GatewayTesting
import HTTPKit
import Testing
import XMLKit

@Suite("What a request's body is made of", .timeLimit(.minutes(2)))
struct PartnerEnvelopeTests {
  private static let session = """
    authentication:
        session:
          request: { path: /login }
          token: token
    """
  /// What an XML document or a token would need to break out of where it stands.
  private static let token = #"a"b<c>&d\e"#

  /// The request that brought `payload`, with the operation's body made as `envelope` says.
  private func request(
    _ envelope: String, _ payload: String, type: String = "sample/record"
  ) throws -> (headers: HTTPHeaders, body: String) {
    let partner = try ScriptedPartner { request, _ in
      guard request.path == ["login"] else { return .answer(.text(200, #"{"code": 0}"#)) }
      return .answer(.text(200, #"{"token": "a\"b<c>&d\\e"}"#))
    }
    let (path, name) = type == "sample/record" ? ("/records", "records") : ("/steps", "steps")
    let text = SampleProfile.replacing("authentication: none", with: Self.session)
      .replacing("path: \(path) }", with: "path: \(path), \(envelope) }")
    let rig = try DelivererRig([
      try .sample(
        "agency", at: partner.address, profile: try SampleProfile.read(text),
        values: envelope.contains("donVi") ? ["donVi": "Sở \"Xây dựng\""] : [:])
    ])
    let message = try rig.record("H99.1", payload, type: type, to: "agency")
    _ = try #require(try rig.store.deliveries(of: message, become: .delivered))
    let request = try #require(partner.requests.first { $0.path == [name] })
    return (request.headers, String(decoding: request.body, as: UTF8.self))
  }

  @Test("a form's fields are encoded, the document among them")
  func form() throws {
    let sent = try request(
      #"form: { phien: "{session}", donVi: "{values.donVi}", duLieu: "{payload.text}" }"#, #"{"tên": "a&b=c d"}"#)
    #expect(sent.headers["Content-Type"] == "application/x-www-form-urlencoded")
    let fields = sent.body.split(separator: "&").map { $0.split(separator: "=") }
    #expect(fields.map { String($0[0]) } == ["phien", "donVi", "duLieu"])
    #expect(
      fields.map { String($0[1]).removingPercentEncoding } == [Self.token, "Sở \"Xây dựng\"", #"{"tên": "a&b=c d"}"#])
  }

  @Test(
    "an XML document goes into a JSON object as a text or in base64",
    arguments: [("text", #"{"xml":"<a b=\"c\">d\\\n</a>"}"#), ("base64", #"{"xml":"PGEgYj0iYyI+ZFwKPC9hPg=="}"#)])
  func xmlInJSON(form: String, expected: String) throws {
    let sent = try request(
      #"wrap: { xml: "{payload.\#(form)}" }"#.replacing("wrap: { ", with: #"wrap: { phien: "{session}", "#),
      "<a b=\"c\">d\\\n</a>", type: "sample/step")
    #expect(sent.headers["Content-Type"] == "application/json; charset=utf-8")
    #expect(sent.body == #"{"phien":"a\"b<c>&d\\e",""# + expected.dropFirst(2))
  }

  @Test("a document goes as a file between texts, behind a boundary that is in none of them")
  func multipart() throws {
    let payload = "--lt-\r\n<a/>"
    let sent = try request(
      #"multipart: { fields: { messageType: edoc, phien: "{session}" }, file: edocFile, fileName: "{dossier}.edxml", contentType: application/xml }"#,
      payload, type: "sample/step")
    let boundary = "lt-" + Hexadecimal.encode(SHA256.hash(Array(payload.utf8)))
    #expect(sent.headers["Content-Type"] == "multipart/form-data; boundary=\(boundary)")
    #expect(
      sent.body == """
        --\(boundary)\r
        Content-Disposition: form-data; name="messageType"\r
        \r
        edoc\r
        --\(boundary)\r
        Content-Disposition: form-data; name="phien"\r
        \r
        \(Self.token)\r
        --\(boundary)\r
        Content-Disposition: form-data; name="edocFile"; filename="H99.1.edxml"\r
        Content-Type: application/xml\r
        \r
        \(payload)\r
        --\(boundary)--\r

        """)
  }

  @Test("SOAP 1.1 carries the document as a parameter, qualified as .NET's services want it")
  func soap11() throws {
    let sent = try request(
      #"soap: { operation: Execute, namespace: "urn:truc", action: "urn:truc/Execute", parameters: { session: "{session}", service: QLVB, parameter: "{payload.base64}" } }"#,
      #"{"a": 1}"#)
    #expect(sent.headers["Content-Type"] == "text/xml; charset=utf-8")
    #expect(sent.headers["SOAPAction"] == "\"urn:truc/Execute\"")
    let document = try XMLDocument(parsing: Array(sent.body.utf8))
    func text(_ path: String) throws -> String {
      try XPathExpression(
        path, namespaces: ["s": "http://schemas.xmlsoap.org/soap/envelope/", "t": "urn:truc"]
      ).string(at: document.documentNode)
    }
    #expect(try text("/s:Envelope/s:Body/t:Execute/t:session") == Self.token)
    #expect(try text("/s:Envelope/s:Body/t:Execute/t:service") == "QLVB")
    #expect(try text("/s:Envelope/s:Body/t:Execute/t:parameter") == "eyJhIjogMX0=")
    #expect(try text("count(/s:Envelope/s:Body/t:Execute/*)") == "3")
  }

  @Test("SOAP 1.2 carries an XML document as an element, without its declaration, or as a text")
  func soap12() throws {
    let call =
      #"soap: { version: "1.2", operation: gui, namespace: "urn:truc", action: urn:gui, qualified: false, parameters: { phien: "{session}", tep: "FORM" } }"#
    let payload = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a xmlns=\"urn:a\">đ</a>"
    let namespaces = ["s": "http://www.w3.org/2003/05/soap-envelope", "t": "urn:truc", "a": "urn:a"]
    for (form, path, expected) in [
      ("{payload}", "/s:Envelope/s:Body/t:gui/tep/a:a", "đ"),
      ("{payload.text}", "/s:Envelope/s:Body/t:gui/tep", payload),
    ] {
      let sent = try request(call.replacing("FORM", with: form), payload, type: "sample/step")
      #expect(sent.headers["Content-Type"] == "application/soap+xml; charset=utf-8; action=\"urn:gui\"")
      #expect(sent.headers["SOAPAction"] == nil)
      let document = try XMLDocument(parsing: Array(sent.body.utf8))
      #expect(try XPathExpression(path, namespaces: namespaces).string(at: document.documentNode) == expected)
    }
  }
  @Test(
    "members are added before the document's own, whatever it begins with",
    arguments: [
      (#"{"a":1}"#, #"{"phien":"a\"b<c>&d\\e","a":1}"#), (" { }", #"{"phien":"a\"b<c>&d\\e"}"#),
      ("{\n  \"a\": {}}", #"{"phien":"a\"b<c>&d\\e","a": {}}"#),
    ])
  func added(payload: String, expected: String) throws {
    let sent = try request(#"add: { phien: "{session}" }"#, payload)
    #expect(sent.body == expected && sent.headers["Content-Type"] == "application/json; charset=utf-8")
  }

  @Test("a list has the document as its only element")
  func list() throws {
    let sent = try request(#"headers: { X-Phien: "{session}" }, list: true"#, #"{"a":1}"#)
    #expect(sent.body == #"[{"a":1}]"# && sent.headers["X-Phien"] == Self.token)
  }
}

extension String {
  fileprivate var removingPercentEncoding: String {
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%"), let code = UInt8(String(Substring(rest.prefix(2))), radix: 16) else {
        bytes.append(byte)
        continue
      }
      bytes.append(code)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
