import DossierModel
import Testing
import XMLKit

@testable import HTTPKit
@testable import Reception

@Suite("SOAP envelopes as they should not be")
struct SOAPEnvelopeTests {
  private let rig: SOAPRig
  init() throws { rig = try SOAPRig() }

  private static let inbox = SOAPRig.asking(.fetchInbox)

  private func fault(_ envelope: String, _ version: SOAPVersion = .v11, type: String? = nil) throws -> [String] {
    try rig.fault(rig.answer(rig.request(envelope, version, type: type), as: version), version)
  }

  @Test("a DOCTYPE, processing instructions, cut and empty bodies are the caller's mistake")
  func hostile() throws {
    let good = SOAPRig.envelope(Self.inbox)
    #expect(try fault(good) == ["", ""])
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]>"
    for envelope in [
      bomb + good, "<!DOCTYPE s:Envelope SYSTEM \"http://evil.invalid/x.dtd\">" + good, "<?x y?>" + good,
      good + "<?x?>",
      SOAPRig.envelope(SOAPRig.asking(.fetchInbox, "<?x y?>")), String(good.dropLast(5)), "", "{}", good + good,
      good.replacing("<s:Body>", with: "<s:Body>\u{0}"), "<s:Envelope/>",
    ] {
      #expect(try fault(envelope) == ["Client", "malformed"], "\(envelope.prefix(60))")
    }
    #expect(try fault("\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- x -->" + good) == ["", ""])
  }

  @Test("an envelope of another version, or none, is told which there are")
  func versions() throws {
    for root in ["<Envelope/>", "<s:Envelope xmlns:s=\"urn:x\"/>", "<lt:a xmlns:lt=\"urn:lienthong:soap:1\"/>"] {
      for version in SOAPVersion.allCases {
        let answer = try rig.answer(rig.request(root, version), as: version)
        #expect(try rig.fault(answer, version) == ["VersionMismatch", "malformed"])
        #expect(answer.response.status == 500)
        if version == .v12 { #expect(try answer.text("count(//e:Upgrade/e:SupportedEnvelope)", .v12) == "2") }
      }
    }
    let other = SOAPRig.envelope(.v12, Self.inbox)
    #expect(try fault(other, .v11) == ["Client", "unsupported-media-type"])
    #expect(try fault(SOAPRig.envelope(.v11, Self.inbox), .v12) == ["Sender", "unsupported-media-type"])
  }

  @Test("another media type or character set is refused: MTOM, plain XML, what is no UTF-8")
  func mediaTypes() throws {
    let good = SOAPRig.envelope(Self.inbox)
    for type in [
      "multipart/related; type=\"application/xop+xml\"", "application/xml", "", "text/xml; charset=iso-8859-1",
      "text/xml; charset=", "text/plain",
    ] {
      #expect(try fault(good, type: type) == ["Client", "unsupported-media-type"], "\(type)")
    }
    for type in ["Text/XML", "text/xml; charset=\"UTF-8\"", "text/xml;charset=utf-8;x=y"] {
      #expect(try fault(good, type: type) == ["", ""], "\(type)")
    }
    let action = "application/soap+xml; charset=utf-8; action=\"urn:lienthong:soap:1/FetchInbox\""
    #expect(try fault(SOAPRig.envelope(.v12, Self.inbox), .v12, type: action) == ["", ""])
  }

  @Test("an envelope has its parts once and in order, and a body one operation")
  func parts() throws {
    func envelope(_ content: String) -> String {
      "<s:Envelope xmlns:s=\"\(SOAPVersion.v11.namespace)\">\(content)</s:Envelope>"
    }
    for content in [
      "", "<s:Header/>", "<s:Body/>", "<s:Body>\(Self.inbox)\(Self.inbox)</s:Body>", "<s:Body>a\(Self.inbox)</s:Body>",
      "<s:Body>\(Self.inbox)</s:Body><s:Header/>", "<s:Body>\(Self.inbox)</s:Body><s:Body/>",
      "a<s:Body>\(Self.inbox)</s:Body>",
      "<s:Header/><s:Header/><s:Body>\(Self.inbox)</s:Body>", "<Body>\(Self.inbox)</Body>",
      "<s:Header>a</s:Header><s:Body>\(Self.inbox)</s:Body>",
    ] {
      #expect(try fault(envelope(content)) == ["Client", "malformed"], "\(content)")
    }
    #expect(try fault(envelope("\n<s:Header/>\n<!-- x --><s:Body>\n\(Self.inbox)\n</s:Body>\n")) == ["", ""])
  }

  @Test("a header that has to be understood and is not is refused by its name; what is for others is left alone")
  func mustUnderstand() throws {
    let v11 = SOAPVersion.v11, v12 = SOAPVersion.v12
    for (version, header, isRefused) in [
      (v11, "<x:A xmlns:x='urn:x' s:mustUnderstand='1'/>", true), (v11, "<x:A xmlns:x='urn:x'/>", false),
      (v11, "<x:A xmlns:x='urn:x' s:mustUnderstand='0'/>", false), (v11, "<A s:mustUnderstand='1'/>", true),
      (v11, "<x:A xmlns:x='urn:x' s:mustUnderstand='1' s:actor='urn:somebody'/>", false),
      (v11, "<x:A xmlns:x='urn:x' s:mustUnderstand='1' s:actor='http://schemas.xmlsoap.org/soap/actor/next'/>", true),
      (v12, "<x:A xmlns:x='urn:x' s:mustUnderstand='true'/>", true),
      (v12, "<x:A xmlns:x='urn:x' s:mustUnderstand='1'/>", true),
      (v12, "<x:A xmlns:x='urn:x' s:mustUnderstand='false'/>", false),
      (v12, "<x:A xmlns:x='urn:x' s:mustUnderstand='1' s:role='\(v12.namespace)/role/none'/>", false),
      (v12, "<x:A xmlns:x='urn:x' s:mustUnderstand='1' s:role='\(v12.namespace)/role/ultimateReceiver'/>", true),
      (v12, "<To xmlns='http://www.w3.org/2005/08/addressing' s:mustUnderstand='1'>a</To>", true),
    ] {
      let answer = try rig.post(Self.inbox, version, header: header)
      let fault = try rig.fault(answer, version)
      #expect(fault.first == (isRefused ? "MustUnderstand" : ""), "\(header)")
      guard isRefused else { continue }
      #expect(answer.response.status == 500)
      if version == .v11 { #expect(try answer.text("count(//detail)", v11) == "0") }
      if version == .v12 {
        #expect(try answer.text("//e:NotUnderstood/@qname", v12).hasSuffix(header.contains("<To") ? "To" : "A"))
      }
    }
    for version in SOAPVersion.allCases {
      let answer = try rig.post(Self.inbox, version, header: "<A s:mustUnderstand='yes'/>")
      #expect(try rig.fault(answer, version).last == "malformed")
    }
    let answer = try rig.post(Self.inbox, header: "<A s:mustUnderstand='true'/>")
    #expect(try rig.fault(answer) == ["Client", "malformed"], "true is a word of 1.2")
  }

  @Test("a signed or encrypted message is refused, not taken for what it would be without")
  func signed() throws {
    let security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
    for child in ["<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>", "<w:BinarySecurityToken/>"] {
      let header = "<w:Security xmlns:w='\(security)'>\(child)</w:Security>"
      #expect(try rig.fault(rig.post(Self.inbox, header: header)) == ["Client", "malformed"])
    }
    let twice = String(repeating: "<w:Security xmlns:w='\(security)'/>", count: 2)
    #expect(try rig.fault(rig.post(Self.inbox, header: twice)) == ["Client", "malformed"])
  }

  @Test("a body that is against the WSDL is refused with the place; one that is no operation, with those there are")
  func bodies() throws {
    for (body, path) in [
      (SOAPRig.asking(.fetchInbox, "<limit>0</limit>"), "limit"),
      (SOAPRig.asking(.fetchInbox, "<limit>101</limit>"), "limit"),
      (SOAPRig.asking(.fetchInbox, "<x/>"), "x"), (SOAPRig.asking(.getMessage), "GetMessage"),
      (SOAPRig.asking(.getMessage, "<id/>"), "id"),
      (SOAPRig.sending("{}", key: String(repeating: "k", count: 256)), "key"),
      (SOAPRig.sending("{}", key: "khóa"), "key"), (SOAPRig.sending("{}", format: "yaml"), "format"),
      (SOAPRig.asking(.sendMessage, "<format>json</format><content>%%%%</content>"), "content"),
      (SOAPRig.asking(.sendMessage, "<format>json</format><content>e30</content>"), "content"),
    ] {
      let answer = try rig.post(body)
      #expect(try rig.fault(answer) == ["Client", "invalid"], "\(body)")
      #expect(try answer.text("//lt:error/lt:path", .v11).hasSuffix("/" + path), "\(body)")
    }
    #expect(try rig.fault(rig.post(SOAPRig.asking(.fetchInbox, "<limit>100</limit>"))) == ["", ""])
    let longest = SOAPRig.sending(#"{"MaHoSo": "H1"}"#, key: String(repeating: "k", count: 255))
    #expect(try rig.fault(rig.post(longest)) == ["", ""])
    for body in [
      "<FetchInbox/>", "<FetchInboxResponse xmlns='urn:lienthong:soap:1'/>", "<a xmlns='urn:lienthong:soap:1'/>",
    ] {
      #expect(try rig.fault(rig.post(body)) == ["Client", "unknown-message"])
    }
  }

  @Test("text from outside cannot break out of an answer, and what XML has no character for is replaced")
  func escaping() throws {
    let answer = try rig.post("<a>&lt;b&gt;</a>", header: "<x:A xmlns:x='urn:\"&amp;&lt;' s:mustUnderstand='1'/>")
    #expect(try rig.fault(answer).first == "MustUnderstand")
    let v12 = try rig.post("<a/>", .v12, header: "<x:A xmlns:x='urn:&quot;&amp;&lt;' s:mustUnderstand='1'/>")
    #expect(try rig.fault(v12, .v12).first == "MustUnderstand")
    #expect(XMLText.escaped("a<b>&\"c\u{1}\r\u{FFFE}đ😀") == "a&lt;b&gt;&amp;&quot;c\u{FFFD}&#13;\u{FFFD}đ😀")
  }
}
