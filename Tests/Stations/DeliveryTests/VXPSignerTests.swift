import CryptographyKit
import DocumentKit
import DossierModel
import DossierStore
import GatewayTesting
import HTTPKit
import ServiceKit
import Testing

@testable import Delivery

@Suite("A request that is signed as on the VXP wire")
struct VXPSignerTests {
  private let secret = "bi-mat-thu-nghiem"
  private let abc = Array("abc".utf8)

  private func sign(
    _ hash: VXPSigning.HashSpelling = .unpadded, _ parameters: [(name: String, value: String)] = [("from", "T99.SYS")],
    at moment: String = "2026-11-20T22:53:45.002+07:00"
  ) throws -> (headers: HTTPHeaders, body: [UInt8]) {
    var headers: HTTPHeaders = ["Content-Type": "application/octet-stream"]
    var body = abc
    VXPSigner(system: "T99.SYS", key: Array(secret.utf8), hash: hash)
      .sign(&headers, &body, parameters, at: try Timestamp(rfc3339: moment))
    return (headers, body)
  }

  @Test("says everything twice, in fields and in the text that is signed, and adds CR LF to the document")
  func request() throws {
    let (headers, body) = try sign()
    #expect(body == abc + [0x0D, 0x0A])
    #expect(headers["XroadVnpt-sign-header-key"] == "from;hash-file;systemid;timestamp;Content-Type")
    let text =
      #"{"XroadVnpt-from":"T99.SYS","XroadVnpt-hash-file":"ba7816bf8f1cfea414140de5dae2223b0361a396177a9cb410ff61f2015ad","#
      + #""XroadVnpt-systemid":"T99.SYS","XroadVnpt-timestamp":"20112026T225345+0002","#
      + #""XroadVnpt-Content-Type":"application/octet-stream"}"#
    #expect(headers["XroadVnpt-sign-header"] == text)
    #expect(headers["XroadVnpt-timestamp"] == "20112026T225345+0002")
    #expect(headers["XroadVnpt-Content-Type"] == headers["Content-Type"])
    let code = HMACSHA256.code(of: Array(text.utf8), key: Array(secret.utf8))
    #expect(headers["XroadVnpt-hash-header"] == Hexadecimal.encode(code))
    #expect(headers["XroadVnpt-hash-header"]?.utf8.count == 64)
  }

  @Test("the hash may be written with all its digits, and times have theirs")
  func forms() throws {
    let (headers, _) = try sign(.padded, at: "2026-01-02T03:04:05.678Z")
    #expect(
      headers["XroadVnpt-hash-file"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(headers["XroadVnpt-timestamp"] == "02012026T100405+0678")
  }

  @Test("what JSON has to have escaped is escaped, and the fields have it as it is")
  func escapes() throws {
    let (headers, _) = try sign(.unpadded, [("to", #"["T99.A","T99.B"]"#)])
    #expect(headers["XroadVnpt-to"] == #"["T99.A","T99.B"]"#)
    #expect(headers["XroadVnpt-sign-header"]?.hasPrefix(#"{"XroadVnpt-to":"[\"T99.A\",\"T99.B\"]","#) == true)
  }

  @Test("every attempt of a delivery is the same to the byte, however much later it is made")
  func repeated() throws {
    let good = #"{"status":"OK","ErrorCode":"0","ErrorDesc":"","DocId":"a"}"#
    let later = #"{"status":"FAIL","ErrorCode":"20","ErrorDesc":"","DocId":""}"#
    let partner = try ScriptedPartner { _, number in .answer(.text(200, number == 1 ? later : good)) }
    let destination = try Destination.sample(
      "a", at: partner.address + "/vxp", profile: try ShippedProfile.read("edxml-vxp"), secrets: ["secret": secret],
      values: ["systemId": "T99.SYS"])
    let rig = try DelivererRig([destination])
    let message = try rig.record("H99-1", "<edXML/>", type: "edxml-vxp/status", to: "a")
    _ = try #require(try rig.store.deliveries(of: message, become: .deferred))
    rig.advance(by: .seconds(3_600))
    _ = try #require(try rig.store.deliveries(of: message, become: .delivered))
    let requests = partner.requests(atLeast: 2)
    try #require(requests.count == 2)
    #expect(requests[0].target == "/vxp/sendEdoc" && requests[0].body == Array("<edXML/>\r\n".utf8))
    #expect(requests[0].headers["XroadVnpt-messagetype"] == "status")
    #expect(requests[0].headers == requests[1].headers && requests[0].body == requests[1].body)
  }

  @Test("a value that would begin a new field is told by the field's name; a dump shows no key")
  func faults() throws {
    let profile = try ShippedProfile.read("edxml-vxp")
    let error = try #require(throws: DestinationError.self) {
      try Destination.sample(
        "a", at: "http://127.0.0.1:1", profile: profile, secrets: ["secret": secret], values: ["systemId": "a\r\nX: b"])
    }
    #expect(error.problems.map(\.code) == [.unsendableField])
    #expect(error.problems.first?.message.english.contains("XroadVnpt-") == true)
    var dumped = ""
    dump(VXPSigner(system: "a", key: Array(secret.utf8), hash: .padded), to: &dumped)
    #expect(!dumped.contains("98"), "\(dumped)")
  }
}
