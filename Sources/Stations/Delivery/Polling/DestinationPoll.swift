import DossierModel
import HTTPKit
import JSONKit
import ServiceKit

/// A poll of a profile, laid out for one party.
struct DestinationPoll: Sendable {
  /// One of its requests.
  struct Call: Sendable {
    let call: ResolvedCall
    let envelope: ResolvedEnvelope?
    let signed: [(name: String, value: ResolvedText)]
    let answers: AnswerReader
  }

  let poll: PartnerPoll
  let every: Duration
  let list: Call
  let detail: Call?
  let acknowledge: Call?
  let decline: Call?

  var name: String { poll.name }
}

extension Destination {
  func request(
    of call: DestinationPoll.Call, _ values: PollValues, token: String, userAgent: String, at now: Timestamp
  ) -> HTTPClientRequest {
    var context = RequestContext(session: token, key: "", dossier: values.dossiers.first ?? "")
    context.poll = values
    var headers = call.call.headers(context)
    headers.append("User-Agent", userAgent)
    if sendsBearer { headers.append("Authorization", "Bearer \(token)") }
    // Whoever reads folders has no clock of its own.
    if folder != nil { headers.append("Moment", String(now.microseconds)) }
    var body: [UInt8] = []
    if let envelope = call.envelope {
      var list = JSONWriter()
      list.beginArray()
      for code in values.dossiers { list.string(code) }
      list.endArray()
      body = envelope.body(payload: list.finish(), context)
    }
    signer?.sign(&headers, body, call.signed.map { ($0.name, $0.value.text(context)) }, at: now)
    return HTTPClientRequest(
      method: call.call.method, url: call.call.url(context), headers: headers, body: body, timeouts: timeouts, tls: tls,
      responseBytesLimit: call.answers.limits.bytes)
  }
}
