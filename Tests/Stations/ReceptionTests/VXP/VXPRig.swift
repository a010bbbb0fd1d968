import CryptographyKit
import DocumentKit
import DossierModel
import DossierStore
import GatewayTesting
import JSONKit
import ServiceKit
import Testing

@testable import HTTPKit
@testable import Reception

/// The VXP door with a real store, a clock in the hand, and a line that takes every document for whom it is addressed to.
///
/// Parties: `xa` (H99.20, signs as itself and as `HT.MOT-CUA`), `so` (H99.30), `so-hai` (also H99.30), `cong` (no code).
final class VXPRig {
  static let secret = "bi-mat-thu-nghiem"

  let folder = TemporaryFolder()
  let time = ManualTimeSource()
  let store: SQLDossierStore
  let gate = IntakeGate()
  let door: VXPFrontDoor
  let line = AddressedLine()

  struct AddressedLine: MessageLine {
    func process(_ passage: consuming Passage) throws(Refusal) -> MessageRecord {
      let text = String(decoding: passage.body, as: UTF8.self)
      let code = text.firstRange(of: "<CodeNumber>").map { String(text[$0.upperBound...].prefix { $0 != "<" }) }
      return MessageRecord(
        envelope: passage.envelope, fields: DossierFields(code: DossierCode(code ?? "H99.20-1")), body: passage.body,
        deliveries: (passage.addressees ?? ["cong"]).sorted().map {
          NewDelivery(destination: $0, type: passage.type.name, payload: passage.body)
        })
    }
  }

  init(directory: [String: String] = [:], documentLimit: Int = VXPFrontDoor.standardDocumentLimit) throws {
    let parties = Self.parties
    store = try SQLDossierStore(.sqlite(path: folder.path + "/store.sqlite"), at: time.now())
    let intake = MessageIntake(
      types: try MessageTypeRegistry(Self.types), line: line, store: store, identifiers: UUIDv7Generator(), time: time,
      metrics: Metrics(), gate: gate)
    let secret = Array(Self.secret.utf8).withUnsafeBytes { Secret(copying: $0) }
    func system(_ party: PartyID) -> VXPSystems.System { VXPSystems.System(party: party, secret: secret) }
    door = VXPFrontDoor(
      path: "/vxp", intake: intake,
      authenticator: Authenticator(
        parties: parties, tokens: SessionRegistry(time: time, lifetime: .seconds(60))),
      systems: VXPSystems(["H99.20": system("xa"), "HT.MOT-CUA": system("xa"), "H99.30": system("so")]),
      agencies: VXPAgencies(parties),
      directory: try VXPDirectory(
        agencies: [VXPDirectory.Agency(code: "H99.20", name: "Xã")],
        files: try directory.mapValues { try JSONDocument(parsing: $0).root }),
      documentLimit: documentLimit, time: time, log: Log(level: .error, format: .logfmt, descriptor: 2))
  }

  deinit { store.close() }

  /// A signed call, as the client would make it.
  func call(
    _ operation: String, as system: String = "H99.20", _ parameters: [(String, String)] = [], body: [UInt8] = [],
    change: (inout HTTPHeaders) -> Void = { _ in }
  ) throws -> HTTPResponse {
    var headers = Self.signed([("systemid", system)] + parameters)
    change(&headers)
    return try answer(
      HTTPRequest(
        method: operation == "downloadEdoc" ? .get : .post, target: "/vxp/\(operation)", path: ["vxp", operation],
        headers: headers, body: body))
  }

  func answer(_ request: HTTPRequest) throws -> HTTPResponse {
    let awaited = Awaited<HTTPResponse>()
    door.handle(request, reply: HTTPReply { awaited.bring($0) })
    return try #require(awaited.get(), "the door did not answer")
  }

  static func signed(_ parameters: [(String, String)], secret: String = VXPRig.secret) -> HTTPHeaders {
    var headers: HTTPHeaders = [:]
    var writer = JSONWriter()
    writer.beginObject()
    for (name, value) in parameters {
      headers.append("XroadVnpt-" + name, value)
      writer.name("XroadVnpt-" + name)
      writer.string(value)
    }
    writer.endObject()
    let text = writer.finish()
    headers["XroadVnpt-sign-header-key"] = parameters.map(\.0).joined(separator: ";")
    headers["XroadVnpt-sign-header"] = String(decoding: text, as: UTF8.self)
    headers["XroadVnpt-hash-header"] = Hexadecimal.encode(HMACSHA256.code(of: text, key: Array(secret.utf8)))
    return headers
  }

  // MARK: Documents

  /// A document from `from` to `to`, or a status message that answers `to`'s first.
  static func document(
    _ code: String = "H99.20-1", from: String = "H99.20", to: [String] = ["H99.30"], status: Bool = false
  ) -> [UInt8] {
    let organisations = to.map {
      status ? "<ResponseFor><OrganId>\($0)</OrganId></ResponseFor>" : "<To><OrganId>\($0)</OrganId></To>"
    }
    return Array(
      """
      <edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXMLEnvelope><edXMLHeader><MessageHeader>\
      <From><OrganId>\(from)</OrganId></From>\(organisations.joined())<CodeNumber>\(code)</CodeNumber>\
      </MessageHeader></edXMLHeader></edXMLEnvelope></edXML>
      """.utf8)
  }

  func send(
    _ file: [UInt8], as system: String = "H99.20", from: String = "H99.20", to: String? = nil, kind: String = "edoc",
    hash: String? = nil
  ) throws -> HTTPResponse {
    var parameters = [("from", from), ("servicetype", "eDoc"), ("messagetype", kind)]
    if let to { parameters.append(("to", to)) }
    parameters.append(("hash-file", hash ?? VXPFile.unpadded(SHA256.hash(file))))
    return try call("sendEdoc", as: system, parameters, body: file + [0x0D, 0x0A])
  }

  func json(_ response: HTTPResponse) throws -> JSONValue {
    #expect(response.body.allSatisfy { $0 < 0x80 }, "the client reads ASCII")
    let root = try JSONDocument(parsing: response.body).root
    for name in ["status", "ErrorCode", "ErrorDesc"] { #expect(root[name]?.string != nil, "\(name) is missing") }
    return root
  }

  func code(_ response: HTTPResponse) throws -> String? { try json(response)["ErrorCode"]?.string }

  /// Sends a document and gives its receiver's id of it.
  func received(by system: String, _ file: [UInt8] = VXPRig.document(), kind: String = "edoc") throws -> String {
    try #require(try code(send(file, kind: kind)) == "0")
    let list = try json(call("getReceivedEdocList", as: system, [("messagetype", kind)]))
    return try #require(list["data"]?[0]?["docId"]?.string)
  }

  private static let parties = [
    Party(id: "xa", name: "Xã", agency: "H99.20", sends: ["edxml-vxp/document", "edxml-vxp/status"]),
    Party(id: "so", name: "Sở", agency: "H99.30", sends: ["edxml-vxp/document", "edxml-vxp/status"]),
    Party(id: "so-hai", name: "Sở, hệ thống hai", agency: "H99.30"), Party(id: "cong", name: "Cổng"),
  ]

  private static let types = [
    MessageType(name: "edxml-vxp/document", format: .xml, kind: .dossier, recognise: "self::*", schema: "thu"),
    MessageType(name: "edxml-vxp/status", format: .xml, kind: .progress, recognise: "self::*", schema: "thu"),
  ]
}
