import DocumentKit
import DossierModel
import DossierStore
import HTTPKit
import ServiceKit
import XMLKit

/// Answers on the SOAP door, in the version of the request.
///
/// HTTP's status follows the bindings: every fault of 1.1 is 500 (SOAP 1.1 §6.2); of 1.2, `Sender` is 400 and the rest 500
/// (SOAP 1.2 part 2 §7.5.2.2). Only who is not known is answered 401 in both, since stacks that are given a user name and a
/// password show them when they are asked.
enum SOAPAnswer {
  /// `write` adds what is in the response's element.
  static func success(
    _ version: SOAPVersion, _ operation: SOAPOperation, _ write: (inout SOAPWriter) -> Void
  ) -> HTTPResponse {
    var writer = SOAPWriter()
    begin(version, to: &writer)
    writer.raw("<soap:Body><\(operation.response) xmlns=\"\(SOAPContract.namespace)\">")
    write(&writer)
    writer.raw("</\(operation.response)></soap:Body></soap:Envelope>\n")
    return response(version, status: 200, writer)
  }

  static func fault(_ version: SOAPVersion, _ fault: SOAPFault) -> HTTPResponse {
    let refusal = fault.refusal
    let status: Int =
      if refusal.code == .unauthenticated { 401 } else if version == .v12 && fault.code == .sender { 400 } else { 500 }
    return self.fault(version, fault, status: status)
  }

  /// What the HTTP server refused before the door was asked; the status is its own. Which version is spoken is not known then,
  /// and 1.1 is what a client of either reads most likely.
  static func refused(_ refusal: HTTPRefusal) -> HTTPResponse {
    let problem = refusal.problem
    let code: FaultCode =
      switch problem.status {
      case 413, 431: .tooLarge
      case 403: .forbidden
      case 503: .unavailable
      case 500: .internal
      default: .malformed
      }
    return fault(
      .v11,
      SOAPFault(Refusal(code, english: "\(problem.title): \(problem.detail)", vietnamese: code.titleVietnamese)),
      status: problem.status)
  }

  private static func fault(_ version: SOAPVersion, _ fault: SOAPFault, status: Int) -> HTTPResponse {
    var writer = SOAPWriter()
    begin(version, to: &writer)
    switch version {
    case .v11: writeFault11(fault, to: &writer)
    case .v12: writeFault12(fault, to: &writer)
    }
    writer.raw("</soap:Envelope>\n")
    var response = response(version, status: status, writer)
    if fault.refusal.code.isRetryable { response.headers["Retry-After"] = String(Problem.retryAfterSeconds) }
    if status == 401 { response.headers["WWW-Authenticate"] = "Basic realm=\"lienthong\", charset=\"UTF-8\"" }
    return response
  }

  private static func writeFault11(_ fault: SOAPFault, to writer: inout SOAPWriter) {
    let code =
      switch fault.code {
      case .versionMismatch: "VersionMismatch"
      case .mustUnderstand: "MustUnderstand"
      case .sender: "Client"
      case .receiver: "Server"
      }
    writer.raw("<soap:Body><soap:Fault>")
    writer.leaf("faultcode", "soap:\(code)")
    // One text only has room here; the detail has the two apart.
    writer.leaf("faultstring", "\(fault.refusal.detailVietnamese) | \(fault.refusal.detailEnglish)")
    // A detail is about the Body (SOAP 1.1 §4.4).
    if fault.code != .mustUnderstand {
      writer.open("detail")
      write(fault.refusal, to: &writer)
      writer.close("detail")
    }
    writer.raw("</soap:Fault></soap:Body>")
  }

  private static func writeFault12(_ fault: SOAPFault, to writer: inout SOAPWriter) {
    let code =
      switch fault.code {
      case .versionMismatch: "VersionMismatch"
      case .mustUnderstand: "MustUnderstand"
      case .sender: "Sender"
      case .receiver: "Receiver"
      }
    writeFaultHeader(fault, to: &writer)
    writer.raw("<soap:Body><soap:Fault><soap:Code><soap:Value>soap:\(code)</soap:Value>")
    if fault.code == .sender || fault.code == .receiver {
      writer.raw(
        "<soap:Subcode><soap:Value xmlns:lt=\"\(SOAPContract.namespace)\">lt:\(fault.refusal.code.rawValue)"
          + "</soap:Value></soap:Subcode>")
    }
    writer.raw("</soap:Code><soap:Reason>")
    for (language, text) in [("vi", fault.refusal.detailVietnamese), ("en", fault.refusal.detailEnglish)] {
      writer.raw("<soap:Text xml:lang=\"\(language)\">\(XMLText.escaped(text))</soap:Text>")
    }
    writer.raw("</soap:Reason><soap:Detail>")
    write(fault.refusal, to: &writer)
    writer.raw("</soap:Detail></soap:Fault></soap:Body>")
  }

  /// SOAP 1.2 part 1 §5.4.7 and §5.4.8.
  private static func writeFaultHeader(_ fault: SOAPFault, to writer: inout SOAPWriter) {
    switch fault.code {
    case .mustUnderstand:
      writer.open("soap:Header")
      for name in fault.notUnderstood {
        // A prefix can only be bound to a namespace; a name without one stands as it is.
        let isQualified = !name.namespace.isEmpty
        writer.raw("<soap:NotUnderstood qname=\"\(isQualified ? "h:" : "")\(XMLText.escaped(name.localName))\"")
        if isQualified { writer.raw(" xmlns:h=\"\(XMLText.escaped(name.namespace))\"") }
        writer.raw("/>")
      }
      writer.close("soap:Header")
    case .versionMismatch:
      writer.raw("<soap:Header><soap:Upgrade>")
      for version in SOAPVersion.allCases.reversed() {
        writer.raw("<soap:SupportedEnvelope qname=\"e:Envelope\" xmlns:e=\"\(version.namespace)\"/>")
      }
      writer.raw("</soap:Upgrade></soap:Header>")
    case .sender, .receiver: break
    }
  }

  private static func write(_ refusal: Refusal, to writer: inout SOAPWriter) {
    writer.raw("<\(SOAPContract.refusal) xmlns=\"\(SOAPContract.namespace)\">")
    writer.leaf("code", refusal.code.rawValue)
    writer.leaf("reasonVi", refusal.detailVietnamese)
    writer.leaf("reasonEn", refusal.detailEnglish)
    writer.leaf("retryable", refusal.code.isRetryable ? "true" : "false")
    if refusal.code.isRetryable { writer.leaf("retryAfterSeconds", Problem.retryAfterSeconds) }
    for finding in refusal.findings {
      writer.open("error")
      writer.leaf("path", finding.path)
      if finding.line > 0 {
        writer.leaf("line", finding.line)
        writer.leaf("column", finding.column)
      }
      writer.leaf("rule", finding.rule)
      writer.leaf("messageVi", finding.messageVietnamese)
      writer.leaf("messageEn", finding.messageEnglish)
      writer.close("error")
    }
    writer.close(SOAPContract.refusal)
  }

  private static func begin(_ version: SOAPVersion, to writer: inout SOAPWriter) {
    writer.raw("<soap:Envelope xmlns:soap=\"\(version.namespace)\">")
  }

  private static func response(_ version: SOAPVersion, status: Int, _ writer: SOAPWriter) -> HTTPResponse {
    HTTPResponse(
      status: status,
      headers: ["Content-Type": "\(version.mediaType); charset=utf-8", "Cache-Control": "no-store"], body: writer.bytes)
  }
}
