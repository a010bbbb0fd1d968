import CryptographyKit
import DocumentKit
import DossierModel
import GatewayTesting
import ServiceKit
import Testing
import XMLKit

@testable import HTTPKit
@testable import Reception

/// The SOAP door over `ReceptionRig`, with the shipped contract.
final class SOAPRig {
  static let address = "https://gateway.invalid/dich-vu/soap"

  let base: ReceptionRig
  let contract: SOAPContract
  let door: SOAPFrontDoor

  init(limits: SOAPLimits = SOAPLimits()) throws {
    base = try ReceptionRig()
    contract = try Self.shipped()
    door = SOAPFrontDoor(
      path: "/soap", contract: contract, limits: limits, intake: base.intake, authenticator: base.authenticator,
      verifier: base.verifier, time: base.time)
  }

  static func shipped() throws -> SOAPContract {
    try SOAPContract(schemas: TestFiles.projectRoot + "/Schemas", address: address)
  }

  // MARK: Asking

  struct Answer {
    let response: HTTPResponse
    let document: XMLDocument

    /// An XPath on the answer; `e` is the envelope's namespace, `lt` the contract's.
    func text(_ path: String, _ version: SOAPVersion) throws -> String {
      let expression = try XPathExpression(
        "string(\(path))", namespaces: ["e": version.namespace, "lt": SOAPContract.namespace])
      return try expression.string(at: document.documentNode)
    }
  }

  static func envelope(_ body: String) -> String { envelope(.v11, body) }

  static func envelope(_ version: SOAPVersion, header: String = "", _ body: String) -> String {
    let header = header.isEmpty ? "" : "<s:Header>\(header)</s:Header>"
    return "<s:Envelope xmlns:s=\"\(version.namespace)\">\(header)<s:Body>\(body)</s:Body></s:Envelope>"
  }

  static func sending(_ document: String, format: String = "json", key: String? = nil, type: String? = nil) -> String {
    "<SendMessage xmlns=\"\(SOAPContract.namespace)\">" + (key.map { "<key>\($0)</key>" } ?? "")
      + (type.map { "<type>\($0)</type>" } ?? "")
      + "<format>\(format)</format><content>\(Base64.encode(Array(document.utf8)))</content></SendMessage>"
  }

  static func asking(_ operation: SOAPOperation, _ content: String = "") -> String {
    "<\(operation.rawValue) xmlns=\"\(SOAPContract.namespace)\">\(content)</\(operation.rawValue)>"
  }

  func request(
    _ envelope: String, _ version: SOAPVersion = .v11, headers: HTTPHeaders = ["X-Api-Key": ReceptionRig.key],
    type: String? = nil
  ) -> HTTPRequest {
    var headers = headers
    headers["Content-Type"] = type ?? "\(version.mediaType); charset=utf-8"
    return HTTPRequest(method: .post, target: "/soap", path: ["soap"], headers: headers, body: Array(envelope.utf8))
  }

  /// What the door answers; it is well-formed, says nothing else than its schema and comes in its version.
  func answer(_ request: HTTPRequest, as version: SOAPVersion = .v11) throws -> Answer {
    let response = try base.answer(of: door, to: request)
    #expect(response.headers["Content-Type"] == "\(version.mediaType); charset=utf-8")
    let document = try XMLDocument(parsing: response.body)
    let root = try #require(document.root)
    #expect(root.isNamed("Envelope", namespace: .uri(version.namespace)))
    let spoken = try XPathExpression("//lt:*[not(parent::lt:*)]", namespaces: ["lt": SOAPContract.namespace])
    for element in try spoken.nodes(at: root) {
      #expect(contract.findings(element).map(\.messageEnglish) == [], "the answer is against its own schema")
    }
    return Answer(response: response, document: document)
  }

  func post(
    _ body: String, _ version: SOAPVersion = .v11, header: String = "",
    headers: HTTPHeaders = ["X-Api-Key": ReceptionRig.key]
  ) throws -> Answer {
    try answer(request(Self.envelope(version, header: header, body), version, headers: headers), as: version)
  }

  /// `Client` or `Sender` and so on, and the code in the detail.
  func fault(_ answer: Answer, _ version: SOAPVersion = .v11) throws -> [String] {
    let code = version == .v11 ? "//e:Fault/faultcode" : "//e:Fault/e:Code/e:Value"
    return [
      try answer.text("substring-after(\(code), ':')", version), try answer.text("//lt:Refusal/lt:code", version),
    ]
  }
}
