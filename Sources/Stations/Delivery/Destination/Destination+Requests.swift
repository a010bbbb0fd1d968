import DossierModel
import DossierStore
import HTTPKit

extension Destination {
  /// The request of one attempt.
  ///
  /// - Parameters:
  ///   - token: of the session, when the profile has one.
  ///   - span: names this request in the trace the message came with.
  func request(
    for delivery: ClaimedDelivery, operation: DestinationOperation, variant: Int, token: String, userAgent: String,
    span: UInt64
  ) -> HTTPClientRequest {
    let context = RequestContext(session: token, key: delivery.key, dossier: delivery.dossier.text)
    var headers = operation.call.headers(context)
    headers.append("User-Agent", userAgent)
    headers.append("Idempotency-Key", context.key)
    if sendsBearer { headers.append("Authorization", "Bearer \(token)") }
    if let received = delivery.traceparent, let own = TraceContext.next(after: received, span: span) {
      headers.append("traceparent", own)
    }
    return HTTPClientRequest(
      method: operation.call.method, url: operation.call.url(context), headers: headers,
      body: operation.variants[variant].envelope.body(payload: delivery.payload, context), timeouts: timeouts,
      tls: tls, responseBytesLimit: answers.limits.bytes)
  }

  /// The request for a token; only for a destination with a login.
  func loginRequest(_ login: DestinationLogin, userAgent: String) -> HTTPClientRequest {
    var headers = login.call.headers(.empty)
    headers.append("User-Agent", userAgent)
    return HTTPClientRequest(
      method: login.call.method, url: login.call.url(.empty), headers: headers, body: login.body, timeouts: timeouts,
      tls: tls, responseBytesLimit: answers.limits.bytes)
  }
}
