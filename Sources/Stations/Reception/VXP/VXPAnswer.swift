import DocumentKit
import DossierModel
import HTTPKit
import JSONKit

/// Answers on the VXP wire: `status`, `ErrorCode` and `ErrorDesc` in every one, in ASCII (domain page §3.5.3).
///
/// A client that does not find them loses the reason, or takes an outage for an empty list. The codes are those of the one
/// province that has published a list (§3.6), where one fits; the national list is not known.
enum VXPAnswer {
  /// `ErrorCode`.
  enum Code: String {
    case success = "0"
    /// Ours: a request that no code of the list is about, such as an unknown document or operation.
    case request = "1"
    case file = "10"
    case signature = "15"
    case receiver = "18"
    case sender = "19"
    case gateway = "20"
    case format = "22"
  }

  /// Findings named in `ErrorDesc`; one refusal has no other place for them.
  static let findingsInText = 3

  /// `more` writes further members.
  static func success(_ more: (inout JSONWriter) -> Void = { _ in }) -> HTTPResponse {
    response(body(status: "OK", code: .success, text: "Success", more))
  }

  /// `data` is a JSON list in ASCII.
  static func list(_ data: [UInt8]) -> HTTPResponse {
    var body = Array(#"{"status":"OK","ErrorCode":"0","ErrorDesc":"Success","data":"#.utf8)
    body += data
    body.append(UInt8(ascii: "}"))
    return response(body)
  }

  /// What `downloadEdoc` gives: the bytes of the document.
  static func file(_ bytes: [UInt8]) -> HTTPResponse {
    HTTPResponse(status: 200, headers: headers("application/octet-stream"), body: bytes)
  }

  static func refused(_ refusal: Refusal, by operation: VXPOperation?) -> HTTPResponse {
    // What a program reads in this tongue is the body. HTTP's own status is for what is in between, and for "later".
    let isRetryable = refusal.code.isRetryable
    var answer = failure(
      code(of: refusal.code, by: operation), text(of: refusal), status: isRetryable ? refusal.code.status : 200,
      by: operation,
      downloadStatus: refusal.code == .unauthenticated ? 403 : refusal.code.status)
    if isRetryable { answer.headers["Retry-After"] = String(Problem.retryAfterSeconds) }
    return answer
  }

  /// What the server refused before the door was asked.
  static func refused(_ refusal: HTTPRefusal, by operation: VXPOperation?) -> HTTPResponse {
    let problem = refusal.problem
    let code: Code =
      switch problem.status {
      case 413: .file
      case 500...: .gateway
      default: .request
      }
    return failure(code, "\(problem.title): \(problem.detail)", status: problem.status, by: operation)
  }

  private static func failure(
    _ code: Code, _ text: String, status: Int, by operation: VXPOperation?, downloadStatus: Int? = nil
  ) -> HTTPResponse {
    // Any body of a download is stored by the client as the document.
    if operation == .downloadEdoc {
      return HTTPResponse(status: downloadStatus ?? status, headers: headers(nil))
    }
    let body = body(status: "FAIL", code: code, text: text) { writer in
      guard operation == .sendEdoc || operation == nil else { return }
      // Without it the client throws the reason away.
      writer.name("DocId")
      writer.string("")
    }
    return response(body, status: status)
  }

  private static func body(
    status: String, code: Code, text: String, _ more: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    for (name, value) in [("status", status), ("ErrorCode", code.rawValue), ("ErrorDesc", text)] {
      writer.name(name)
      writer.string(value)
    }
    more(&writer)
    writer.endObject()
    return ASCIIJSON.escaped(writer.finish())
  }

  private static func response(_ body: [UInt8], status: Int = 200) -> HTTPResponse {
    HTTPResponse(status: status, headers: headers("application/json"), body: body)
  }

  /// The client makes a connection for each call and never closes one: kept open, they would soon be all there may be.
  private static func headers(_ contentType: String?) -> HTTPHeaders {
    var headers: HTTPHeaders = ["Cache-Control": "no-store", "Connection": "close"]
    if let contentType { headers["Content-Type"] = contentType }
    return headers
  }

  private static func code(of fault: FaultCode, by operation: VXPOperation?) -> Code {
    switch fault {
    case .unauthenticated: .signature
    case .forbidden: .sender
    case .noRecipient: .receiver
    case .malformed, .tooLarge: operation == .sendEdoc ? .file : .request
    case .invalid, .unknownMessage: .format
    case .tooManyRequests, .internal, .unavailable, .partnerUnavailable: .gateway
    case .notFound, .methodNotAllowed, .unsupportedMediaType, .keyReused, .noRecord, .partnerRefused: .request
    }
  }

  private static func text(of refusal: Refusal) -> String {
    let named = refusal.findings.prefix(findingsInText)
    let more = refusal.findings.count - named.count
    func lines(_ sentence: (Finding) -> String, _ rest: String) -> String {
      named.map { finding in
        let place = finding.line > 0 ? "\(finding.path) (\(finding.line):\(finding.column))" : finding.path
        return "\(place): \(sentence(finding)) [\(finding.rule)]"
      }.joined(separator: "; ") + (more > 0 ? "; \(rest)" : "")
    }
    guard !named.isEmpty else {
      return "\(refusal.detailVietnamese) | \(refusal.detailEnglish)"
    }
    return "\(refusal.code.titleVietnamese): \(lines(\.messageVietnamese, "và \(more) lỗi khác"))"
      + " | \(refusal.code.titleEnglish): \(lines(\.messageEnglish, "and \(more) more"))"
  }
}
