import CryptographyKit
import DossierModel
import DossierStore
import HTTPKit
import ServiceKit

extension Destination {
  /// The request of one attempt.
  ///
  /// - Parameters:
  ///   - token: of the session, when the profile has one.
  ///   - span: names this request in the trace the message came with.
  ///   - now: what a signature says about the time.
  func request(
    for delivery: ClaimedDelivery, operation: DestinationOperation, variant: Int, token: String, userAgent: String,
    span: UInt64, at now: Timestamp
  ) -> HTTPClientRequest {
    let context = RequestContext(session: token, key: delivery.key, dossier: delivery.dossier.text)
    let call = operation.variants[variant].call
    var headers = headers(of: call, for: delivery, context, userAgent: userAgent, span: span)
    headers.append("Idempotency-Key", context.key)
    let envelope = operation.variants[variant].envelope
    var boundary = ""
    if envelope.isMultipart {
      boundary = ResolvedEnvelope.boundary(for: delivery.payload)
      headers["Content-Type"] = "multipart/form-data; boundary=\(boundary)"
    }
    var body = envelope.body(payload: delivery.payload, context, boundary: boundary)
    signer?.sign(&headers, &body, operation, delivery, context, at: now)
    return HTTPClientRequest(
      method: call.method, url: call.url(context), headers: headers, body: body, timeouts: timeouts, tls: tls,
      responseBytesLimit: answerLimits.bytes)
  }

  /// The request of several attempts at once. Its key is that of its deliveries together: the same ones again are the same
  /// request.
  func request(
    forBatch deliveries: [ClaimedDelivery], operation: DestinationOperation, token: String, userAgent: String,
    at now: Timestamp
  ) -> HTTPClientRequest {
    let key = "batch-" + Hexadecimal.encode(SHA256.hash(deliveries.map(\.key).joined(separator: "\n")))
    let context = RequestContext(session: token, key: key, dossier: "")
    let (call, envelope) = (operation.variants[0].call, operation.variants[0].envelope)
    var headers = call.headers(context)
    headers.append("User-Agent", userAgent)
    if sendsBearer { headers.append("Authorization", "Bearer \(token)") }
    headers.append("Idempotency-Key", key)
    let list = Array(deliveries.map(\.payload).joined(separator: [UInt8(ascii: ",")]))
    let body = envelope.body(payload: list, context)
    signer?.sign(&headers, body, [], at: now)
    return HTTPClientRequest(
      method: call.method, url: call.url(context), headers: headers, body: body, timeouts: timeouts, tls: tls,
      responseBytesLimit: answerLimits.bytes)
  }

  /// The request that asks whether the partner has a delivery.
  func request(
    asking question: DestinationQuestion, about delivery: ClaimedDelivery, token: String, userAgent: String,
    span: UInt64
  ) -> HTTPClientRequest {
    let context = RequestContext(session: token, key: delivery.key, dossier: delivery.dossier.text)
    return HTTPClientRequest(
      method: question.call.method, url: question.call.url(context),
      headers: headers(of: question.call, for: delivery, context, userAgent: userAgent, span: span),
      body: question.envelope?.body(payload: [], context) ?? [], timeouts: timeouts, tls: tls,
      responseBytesLimit: answerLimits.bytes)
  }

  private func headers(
    of call: ResolvedCall, for delivery: ClaimedDelivery, _ context: RequestContext, userAgent: String, span: UInt64
  ) -> HTTPHeaders {
    var headers = call.headers(context)
    headers.append("User-Agent", userAgent)
    if sendsBearer { headers.append("Authorization", "Bearer \(context.session)") }
    if let received = delivery.traceparent, let own = TraceContext.next(after: received, span: span) {
      headers.append("traceparent", own)
    }
    return headers
  }

  /// The request for a token; only for a destination with a login.
  func loginRequest(_ login: DestinationLogin, userAgent: String) -> HTTPClientRequest {
    var headers = login.call.headers(.empty)
    headers.append("User-Agent", userAgent)
    return HTTPClientRequest(
      method: login.call.method, url: login.call.url(.empty), headers: headers, body: login.body, timeouts: timeouts,
      tls: tls, responseBytesLimit: answerLimits.bytes)
  }
}
