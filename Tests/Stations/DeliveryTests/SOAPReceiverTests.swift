import CryptographyKit
import DossierModel
import DossierStore
import GatewayTesting
import HTTPKit
import ServiceKit
import Testing
import XMLKit

@testable import Delivery

@Suite("What services get that are generated from receiver.wsdl")
struct SOAPReceiverTests {
  private static let folder = Package.root + "/Schemas/lienthong-soap/1"

  private func secret(_ text: String) -> Secret { Array(text.utf8).withUnsafeBytes { Secret(copying: $0) } }

  @Test("is valid by the WSDL's schema, whatever is in keys and documents", arguments: ["dossier", "progress"])
  func valid(type: String) throws {
    let destination = try Destination(
      party: "so", profile: try ShippedProfile.read("soap"), address: "http://127.0.0.1:1/goc",
      secrets: ["username": secret("a"), "password": secret("b")])
    let operation = try #require(destination.operations["soap/\(type)"])
    let delivery = ClaimedDelivery(
      id: DeliveryID(7), epoch: 1, destination: "so", message: MessageID(UUIDv7Generator().next()),
      type: "soap/\(type)",
      dossier: "H99.20-261120-0001 <&>\"", payload: Array("<\(type)>đ\u{0}</\(type)>".utf8), attempt: 1,
      createdAt: .epoch)
    let request = destination.request(
      for: delivery, operation: operation, variant: 0, token: "", userAgent: "thu", span: 0, at: .epoch)
    #expect(request.url == "http://127.0.0.1:1/goc/lien-thong")
    #expect(request.headers["SOAPAction"] == "\"urn:lienthong:soap-receiver:1/DeliverMessage\"")
    let envelope = try XMLDocument(parsing: request.body)
    let call = try #require(envelope.root?.firstElement(named: "Body")?.firstElement(named: "DeliverMessage"))
    let findings = try XMLSchema(contentsOf: Self.folder + "/receiver.xsd").validate(envelope, at: call)
    #expect(findings.map(\.messageEnglish) == [])
    #expect(call.firstElement(named: "dossier")?.text == "H99.20-261120-0001 <&>\"")
    #expect(call.firstElement(named: "type")?.text == type && call.firstElement(named: "key")?.text == delivery.key)
  }

  @Test("reads what they answer: a fault of the Client is final, any other is for later")
  func answers() throws {
    let destination = try Destination(
      party: "so", profile: try ShippedProfile.read("soap"), address: "http://127.0.0.1:1",
      secrets: ["username": secret("a"), "password": secret("b")])
    let reader = try #require(destination.operations["soap/dossier"]?.answers)
    func verdict(_ status: Int, _ body: String) -> AnswerVerdict {
      let text =
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\(body)</s:Body></s:Envelope>"
      return reader.read(
        HTTPResponse(status: status, headers: ["Content-Type": "text/xml"], body: Array(text.utf8)), now: .epoch
      ).verdict
    }
    func fault(_ code: String) -> AnswerVerdict {
      verdict(500, "<s:Fault><faultcode>\(code)</faultcode><faultstring>x</faultstring></s:Fault>")
    }
    func result(_ text: String, namespace: String = "urn:lienthong:soap-receiver:1") -> AnswerVerdict {
      verdict(200, "<DeliverMessageResponse xmlns=\"\(namespace)\"><result>\(text)</result></DeliverMessageResponse>")
    }
    #expect(
      result("accepted") == .accepted && result("already-there") == .alreadyThere && result("refused") == .refused)
    #expect(result("accepted", namespace: "urn:khac") == .unreadable && result("yes") == .unreadable)
    #expect(fault("s:Client") == .refused && fault("soap:Client") == .refused)
    for code in ["s:Server", "s:MustUnderstand", "s:ClientX", ""] {
      #expect(fault(code) == .retry(.serverError, notBefore: nil), "\(code)")
    }
  }
}
