extension HTTPClientRequest {
  /// Fields that say how the body is framed, which the client decides.
  private static let framingNames = ["Content-Length", "Transfer-Encoding", "Expect"]

  /// What is wrong with the request, as a sentence; the URL is left to libcurl.
  var complaint: String? {
    if !HTTPToken.isToken(method.rawValue.utf8) { return "the method is no token" }
    if upload != nil, !body.isEmpty || method.isSafe {
      return "a streamed body goes alone, and with POST, PUT or PATCH"
    }
    if method == .head, !body.isEmpty { return "a HEAD request has no body" }
    if url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
      return "the URL holds a space or a control character; percent-encode it"
    }
    if let name = headers.firstUnsendableName { return "the field \(name) is no token, or holds a control character" }
    if let name = Self.framingNames.first(where: { headers.contains($0) }) {
      return "the field \(name) is the client's to set; leave it out"
    }
    if let tls, (tls.certificatePEM == nil) != (tls.keyPEM == nil) {
      return "a client certificate comes with its key; give both or neither"
    }
    if responseBytesLimit < 0 { return "the limit of the answer is negative" }
    return nil
  }
}
