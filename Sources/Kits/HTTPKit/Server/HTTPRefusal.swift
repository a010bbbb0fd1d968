/// What a server refuses without asking the handler. The connection is closed after each of them.
package enum HTTPRefusal: String, Sendable, CaseIterable {
  case malformedHead = "malformed-head"
  case malformedTarget = "malformed-target"
  case malformedFieldName = "malformed-field-name"
  case malformedFieldValue = "malformed-field-value"
  case unsupportedVersion = "unsupported-version"
  case hostMissing = "host-missing"
  case hostRepeated = "host-repeated"
  case contentLengthMalformed = "content-length-malformed"
  case contentLengthRepeated = "content-length-repeated"
  case contentLengthWithTransferEncoding = "content-length-with-transfer-encoding"
  case transferEncodingUnsupported = "transfer-encoding-unsupported"
  case expectationUnsupported = "expectation-unsupported"
  case headTooLarge = "head-too-large"
  case tooManyFields = "too-many-fields"
  case bodyTooLarge = "body-too-large"
  case certificateMissing = "certificate-missing"
  case certificateNotTrusted = "certificate-not-trusted"
  case stopping
  case replyOverdue = "reply-overdue"
  case unanswered

  /// What the other end is told.
  package var problem: HTTPProblem {
    let (status, title, detail) = texts
    return HTTPProblem(status: status, code: rawValue, title: title, detail: detail)
  }

  private var texts: (status: Int, title: String, detail: String) {
    switch self {
    case .malformedHead:
      (400, "The head is malformed", "Send a request line and one line per field, ended by CR LF, without folding.")
    case .malformedTarget:
      (400, "The target is malformed", "Send an absolute path without dot segments, percent-encoded as UTF-8.")
    case .malformedFieldName:
      (400, "A field name is malformed", "Use token characters only, and no space before the colon.")
    case .malformedFieldValue:
      (400, "A field value is malformed", "Leave control characters out of field values.")
    case .unsupportedVersion:
      (505, "This version of HTTP is not served", "Use HTTP/1.1.")
    case .hostMissing:
      (400, "The Host field is missing", "Send one Host field.")
    case .hostRepeated:
      (400, "The Host field is repeated", "Send one Host field.")
    case .contentLengthMalformed:
      (400, "The Content-Length is malformed", "Send the length of the body as a decimal number.")
    case .contentLengthRepeated:
      (400, "The Content-Length is repeated", "Send one Content-Length field.")
    case .contentLengthWithTransferEncoding:
      (400, "The length of the body is said twice", "Send either Content-Length or Transfer-Encoding, not both.")
    case .transferEncodingUnsupported:
      (501, "This Transfer-Encoding is not served", "Use chunked alone, in HTTP/1.1.")
    case .expectationUnsupported:
      (417, "This expectation cannot be met", "Expect nothing but 100-continue.")
    case .headTooLarge:
      (431, "The head is too large", "Send a shorter target, or fewer and shorter fields.")
    case .tooManyFields:
      (431, "The head has too many fields", "Send fewer fields.")
    case .bodyTooLarge:
      (413, "The body is too large", "Send a smaller body.")
    case .certificateMissing:
      (403, "A client certificate is required", "Present the certificate that was agreed for this connection.")
    case .certificateNotTrusted:
      (403, "The client certificate is not trusted", "Present a valid certificate of an agreed authority.")
    case .stopping:
      (503, "The server is stopping", "Send the request again.")
    case .replyOverdue:
      (503, "The answer took too long", "Send the request again.")
    case .unanswered:
      (500, "The request was left without an answer", "Send the request again; report it when it recurs.")
    }
  }
}
