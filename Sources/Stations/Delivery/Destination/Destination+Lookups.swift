import HTTPKit

extension Destination {
  /// The request that asks a partner; it takes no longer than the lookup and the party allow.
  func request(
    asking lookup: DestinationLookup, _ parameters: [String: String], token: String, userAgent: String
  ) -> HTTPClientRequest {
    let context = RequestContext(session: token, key: "", dossier: "", parameters: parameters)
    var headers = lookup.call.headers(context)
    headers.append("User-Agent", userAgent)
    if sendsBearer { headers.append("Authorization", "Bearer \(token)") }
    var timeouts = timeouts
    timeouts.whole = min(timeouts.whole, lookup.timeout)
    return HTTPClientRequest(
      method: lookup.call.method, url: lookup.call.url(context), headers: headers,
      body: lookup.envelope?.body(payload: [], context) ?? [], timeouts: timeouts, tls: tls,
      responseBytesLimit: lookup.answers.limits.bytes)
  }
}
