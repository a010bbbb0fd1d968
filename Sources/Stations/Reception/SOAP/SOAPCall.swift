import CryptographyKit
import DocumentKit
import DossierModel
import XMLKit

/// What a request asks for, read out of its body after the body was found to be as the contract says.
enum SOAPCall: Sendable {
  case sendMessage(key: MessageKey?, type: String?, format: DocumentTree.Format, content: [UInt8])
  case fetchInbox(limit: Int?)
  case acknowledgeDelivery(DeliveryID?)
  case getMessage(MessageID?)
  case getDossier(DossierCode)

  init(_ element: XMLNode, contract: SOAPContract, limits: SOAPLimits) throws(SOAPFault) {
    guard element.namespace == SOAPContract.namespace, let operation = SOAPOperation(rawValue: element.localName) else {
      let known = SOAPOperation.allCases.map(\.rawValue).joined(separator: ", ")
      throw SOAPFault(
        Refusal(
          .unknownMessage, english: "the Body is none of \(known) in the namespace \(SOAPContract.namespace)",
          vietnamese: "phần tử trong Body không thuộc: \(known), không gian tên \(SOAPContract.namespace)"))
    }
    let findings = contract.findings(element)
    guard findings.isEmpty else {
      throw SOAPFault(
        Refusal(
          .invalid, english: "the Body breaks \(findings.count) rule(s) of the WSDL's schema",
          vietnamese: "Body vi phạm \(findings.count) quy tắc của lược đồ trong WSDL", findings: findings))
    }
    func text(_ name: String) -> String? { element.firstElement(named: name)?.text }
    switch operation {
    case .sendMessage:
      self = .sendMessage(
        key: text("key").map { MessageKey(senders: $0) }, type: text("type"),
        format: text("format").flatMap(DocumentTree.Format.init(rawValue:)) ?? .xml,
        content: try Self.content(of: element, limits: limits))
    case .fetchInbox: self = .fetchInbox(limit: text("limit").flatMap { Int($0) })
    case .acknowledgeDelivery:
      self = .acknowledgeDelivery(text("delivery").flatMap { Int64($0) }.map { DeliveryID($0) })
    case .getMessage: self = .getMessage(text("id").flatMap { MessageID($0) })
    case .getDossier: self = .getDossier(DossierCode(text("dossier") ?? ""))
    }
  }

  /// The document. The schema processor lets through what is no Base64, hence this is not left to it.
  private static func content(of element: XMLNode, limits: SOAPLimits) throws(SOAPFault) -> [UInt8] {
    let characters = element.firstElement(named: "content")?.withTextBytes { Array($0) } ?? []
    guard let content = try? Base64.decode(characters, whiteSpace: .skipped) else {
      throw SOAPFault(
        Refusal(
          .invalid, english: "content is no Base64", vietnamese: "content không phải Base64",
          findings: [
            Finding(
              path: "/SendMessage/content", line: 0, column: 0, rule: "soap.base64",
              messageVietnamese: "content không phải Base64", messageEnglish: "content is no Base64")
          ]))
    }
    guard content.count <= limits.documentBytes else { throw SOAPFault(.documentTooLarge(limits)) }
    return content
  }
}

extension Refusal {
  static func documentTooLarge(_ limits: SOAPLimits) -> Refusal {
    Refusal(
      .tooLarge,
      english: "a document has \(limits.documentBytes) bytes at most here, and a request \(limits.envelopeBytes); hand "
        + "large files over by PUT /v1/files and name them by their reference",
      vietnamese:
        "tài liệu tối đa \(limits.documentBytes) byte, yêu cầu tối đa \(limits.envelopeBytes) byte; hãy gửi tệp "
        + "lớn bằng PUT /v1/files rồi ghi tham chiếu của tệp")
  }
}
