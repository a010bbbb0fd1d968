import CCurl

/// What is known about a transfer that failed, and what follows from it.
///
/// The question that matters is whether the partner may have had the request, since it decides about repeating it:
/// libcurl's code alone does not answer it, because the same code stands for a timeout while connecting and for a
/// timeout while waiting for the answer.
struct TransferEvidence {
  let code: CURLcode
  /// Whether the connection took at least one byte of the request.
  let isRequestPossiblySent: Bool
  /// Whether we ended the transfer because the answer was too large.
  let hasExceededLimit: Bool
  /// Whether we ended the transfer because libcurl was about to send the request again.
  let wasResendRefused: Bool

  var kind: HTTPClientFailure.Kind {
    if hasExceededLimit { return .tooLarge }
    if wasResendRefused { return .brokenAfterSend }
    switch code {
    case CURLE_OPERATION_TIMEDOUT:
      return isRequestPossiblySent ? .timeoutAfterSend : .timeoutBeforeSend
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
      return .resolve
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT,
      CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CRL_BADFILE, CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      return .tls
    case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED:
      return .invalidRequest
    case CURLE_UNSUPPORTED_PROTOCOL:
      // Also said of an answer without a status line, which libcurl takes for HTTP/0.9.
      return isRequestPossiblySent ? .protocolError : .invalidRequest
    case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING:
      return .protocolError
    case CURLE_FILESIZE_EXCEEDED:
      return .tooLarge
    case CURLE_OUT_OF_MEMORY:
      return isRequestPossiblySent ? .brokenAfterSend : .overloaded
    default:
      return isRequestPossiblySent ? .brokenAfterSend : .connect
    }
  }
}
