import CryptographyKit
import DocumentKit
import DossierModel
import DossierStore
package import HTTPKit
package import ServiceKit

/// The gateway's door for systems that are built on a SOAP stack: what the v1 API offers, by a WSDL.
///
/// SOAP 1.1 and 1.2 at one address; `GET` with `?wsdl` gives the description. A message goes down the line as every other
/// and is answered after the commit. Who calls is known as on the v1 API — client certificate, access token, API key — or by
/// the id and secret of an OAuth client, in HTTP Basic or in a WS-Security `UsernameToken`, since that is what SOAP stacks
/// have a setting for. What HTTP says decides; the token of the envelope is looked at where HTTP says nothing.
///
/// A message is the same as another by the `key` in its body, the `Idempotency-Key` of the v1 API. WS-Addressing's `MessageID`
/// is not used for it: stacks make a new one for every request, so the second attempt of a program would be a second message.
package final class SOAPFrontDoor: HTTPHandler {
  private let base: [String]
  private let contract: SOAPContract
  private let limits: SOAPLimits
  private let intake: MessageIntake
  private let authenticator: Authenticator
  private let verifier: SecretVerifier
  private let time: any TimeSource

  /// `path`: the door's one address, such as `/soap`.
  package init(
    path: String, contract: SOAPContract, limits: SOAPLimits = SOAPLimits(), intake: MessageIntake,
    authenticator: Authenticator, verifier: SecretVerifier, time: any TimeSource
  ) {
    base = path.split(separator: "/").map(String.init)
    self.contract = contract
    self.limits = limits
    self.intake = intake
    self.authenticator = authenticator
    self.verifier = verifier
    self.time = time
  }

  package func handle(_ request: HTTPRequest, reply: HTTPReply) {
    let version = SOAPVersion(contentType: request.headers["Content-Type"])
    guard request.path.filter({ !$0.isEmpty }) == base else {
      return reply.send(SOAPAnswer.fault(version ?? .v11, SOAPFault(.notFound)))
    }
    switch request.method {
    case .get, .head: reply.send(description(for: request))
    case .post:
      guard let version, Self.isUTF8(request.headers["Content-Type"] ?? "") else {
        return reply.send(SOAPAnswer.fault(version ?? .v11, SOAPFault(intake.refuse(.notSOAP, from: nil))))
      }
      identify(request, version, reply: reply)
    default:
      var answer = SOAPAnswer.fault(version ?? .v11, SOAPFault(.methodNotAllowed))
      answer.headers["Allow"] = "GET, POST"
      reply.send(answer)
    }
  }

  package var takesStreams: Bool { true }

  /// A request that is too large is listened to and told so in its own version: a stack that is cut off reports a network error.
  package func reception(of head: HTTPRequest, length: Int?) -> HTTPBodyReception {
    guard let length, length > limits.envelopeBytes, head.method == .post,
      let version = SOAPVersion(contentType: head.headers["Content-Type"])
    else { return .memory }
    let answer = SOAPAnswer.fault(version, SOAPFault(.documentTooLarge(limits)))
    return .stream(RefusedBody(answer), limit: RefusedBody.limit)
  }

  package func answer(to refusal: HTTPRefusal, of target: String) -> HTTPResponse { SOAPAnswer.refused(refusal) }

  private func description(for request: HTTPRequest) -> HTTPResponse {
    // Tools of .NET ask for ?WSDL.
    guard request.query.parameters.contains(where: { $0.name.lowercased() == "wsdl" }) else {
      return Problem.response(
        Refusal(
          .notFound, english: "this is a SOAP service; its description is at ?wsdl",
          vietnamese: "đây là dịch vụ SOAP; xem mô tả tại ?wsdl"))
    }
    return HTTPResponse(status: 200, headers: ["Content-Type": "text/xml; charset=utf-8"], body: contract.wsdl)
  }

  /// What the envelope is written in is read from its bytes; a media type that says something else would be a third opinion.
  private static func isUTF8(_ contentType: String) -> Bool {
    let parameters = contentType.split(separator: ";").dropFirst().map {
      $0.split(separator: "=", maxSplits: 1).map { $0.filter { !" \t\"".contains($0) }.lowercased() }
    }
    guard let charset = parameters.first(where: { $0.first == "charset" }) else { return true }
    return charset.count == 2 && ["utf-8", "us-ascii"].contains(charset[1])
  }

  // MARK: Who calls

  private func identify(_ request: HTTPRequest, _ version: SOAPVersion, reply: HTTPReply) {
    if request.peer == nil, let authorization = request.headers["Authorization"],
      Authenticator.value(of: authorization, scheme: "Bearer") == nil
    {
      guard let (id, secret) = Authenticator.basic(authorization) else {
        return refuse(.unauthenticated, version, reply: reply)
      }
      return verify(
        String(decoding: id, as: UTF8.self), String(decoding: secret, as: UTF8.self), version, reply: reply
      ) { [self] party in
        let call = Result { () throws(SOAPFault) in try read(request, version).call.get() }
        perform(call, for: party, request, version, reply: reply)
      }
    }
    guard request.peer == nil, request.headers["Authorization"] == nil, request.headers["X-Api-Key"] == nil else {
      guard let party = authenticator.party(of: request) else {
        return refuse(.unauthenticated, version, reply: reply)
      }
      let call = Result { () throws(SOAPFault) in try read(request, version).call.get() }
      return perform(call, for: party, request, version, reply: reply)
    }
    identifyByEnvelope(request, version, reply: reply)
  }

  private func identifyByEnvelope(_ request: HTTPRequest, _ version: SOAPVersion, reply: HTTPReply) {
    do throws(SOAPFault) {
      let (security, call) = try read(request, version)
      guard let security, let token = security.token else {
        return refuse(.unauthenticatedSOAP, version, reply: reply)
      }
      guard security.isValid(at: time.now(), skew: limits.clockSkew) else {
        return refuse(.expired, version, reply: reply)
      }
      verify(token.username, token.password, version, reply: reply) { [self] party in
        perform(call, for: party, request, version, reply: reply)
      }
    } catch {
      intake.refuse(error.refusal, from: nil)
      reply.send(SOAPAnswer.fault(version, error))
    }
  }

  /// `then` is called on this thread or, when the secret is compared for the first time, on the one that compares.
  private func verify(
    _ id: String, _ secret: String, _ version: SOAPVersion, reply: HTTPReply,
    then body: @escaping @Sendable (Party) -> Void
  ) {
    let client = authenticator.client(id)
    verifier.verify(secret, against: client?.secret) { [self] verdict in
      switch verdict {
      case .matches:
        guard let party = authenticator.party(client?.party) else {
          return refuse(.unauthenticatedSOAP, version, reply: reply)
        }
        body(party)
      case .differs: refuse(.unauthenticatedSOAP, version, reply: reply)
      case .busy: reply.send(SOAPAnswer.fault(version, SOAPFault(.verifierBusy)))
      }
    }
  }

  private func refuse(_ refusal: Refusal, _ version: SOAPVersion, reply: HTTPReply) {
    reply.send(SOAPAnswer.fault(version, SOAPFault(intake.refuse(refusal, from: nil))))
  }

  // MARK: What is asked

  /// The envelope's own faults are thrown; what is wrong with the body is told to whoever may know it.
  private func read(
    _ request: HTTPRequest, _ version: SOAPVersion
  ) throws(SOAPFault) -> (security: SOAPSecurity?, call: Result<SOAPCall, SOAPFault>) {
    let envelope = try SOAPRequest(parsing: request.body, as: version, limits: limits)
    return (
      envelope.security,
      Result { () throws(SOAPFault) in try SOAPCall(envelope.operation, contract: contract, limits: limits) }
    )
  }

  private func perform(
    _ call: Result<SOAPCall, SOAPFault>, for party: Party, _ request: HTTPRequest, _ version: SOAPVersion,
    reply: HTTPReply
  ) {
    do throws(SOAPFault) {
      switch try call.get() {
      case .sendMessage(let key, let type, let format, let content):
        let message = Message(
          key: key, type: type, format: format, content: content,
          traceparent: TraceParent.accepted(request.headers["traceparent"]))
        try send(message, from: party, version, reply: reply)
      case .fetchInbox(let limit): fetchInbox(of: party, limit: limit ?? limits.inboxMessages, version, reply: reply)
      case .acknowledgeDelivery(let delivery): acknowledge(delivery, by: party, version, reply: reply)
      case .getMessage(let id): try getMessage(id, for: party, version, reply: reply)
      case .getDossier(let code): try getDossier(code, for: party, version, reply: reply)
      }
    } catch {
      intake.refuse(error.refusal, from: party.id)
      reply.send(SOAPAnswer.fault(version, error))
    }
  }

  private struct Message {
    let key: MessageKey?
    let type: String?
    let format: DocumentTree.Format
    let content: [UInt8]
    let traceparent: String?
  }

  private func send(
    _ message: Message, from party: Party, _ version: SOAPVersion, reply: HTTPReply
  ) throws(SOAPFault) {
    let submission: Submission
    do throws(Refusal) {
      let (source, json) = try MessageEndpoint.parse(message.content, as: message.format)
      let type = try MessageEndpoint.type(
        of: source, format: message.format, named: message.type, from: party, types: intake.types)
      submission = Submission(
        type: type, source: source, root: source.root, json: json, body: message.content, key: message.key,
        traceparent: message.traceparent)
    } catch {
      throw SOAPFault(error)
    }
    intake.submit([submission], from: party) { result in
      switch result {
      case .success(let recorded): reply.send(SOAPAnswer.success(version, .sendMessage) { $0.write(recorded[0]) })
      case .failure(let refusal): reply.send(SOAPAnswer.fault(version, SOAPFault(refusal)))
      }
    }
  }

  private func fetchInbox(of party: Party, limit: Int, _ version: SOAPVersion, reply: HTTPReply) {
    intake.store.fetchInbox(of: party.id, limit: limit, at: time.now()) { [types = intake.types] result in
      switch result {
      case .success(let deliveries):
        reply.send(
          SOAPAnswer.success(version, .fetchInbox) { writer in
            for delivery in deliveries {
              writer.write(delivery, format: (types[delivery.type]?.format ?? .xml).rawValue)
            }
          })
      case .failure(let error): reply.send(SOAPAnswer.fault(version, SOAPFault(.notStored(error))))
      }
    }
  }

  private func acknowledge(_ delivery: DeliveryID?, by party: Party, _ version: SOAPVersion, reply: HTTPReply) {
    guard let delivery else { return reply.send(SOAPAnswer.fault(version, SOAPFault(.notFound))) }
    intake.store.acknowledge(delivery, by: party.id, at: time.now()) { result in
      switch result {
      case .success(true):
        reply.send(SOAPAnswer.success(version, .acknowledgeDelivery) { $0.leaf("delivery", delivery.description) })
      case .success(false): reply.send(SOAPAnswer.fault(version, SOAPFault(.notFound)))
      case .failure(let error): reply.send(SOAPAnswer.fault(version, SOAPFault(.notStored(error))))
      }
    }
  }

  private func getMessage(
    _ id: MessageID?, for party: Party, _ version: SOAPVersion, reply: HTTPReply
  ) throws(SOAPFault) {
    let found = try look { store throws(StoreError) -> StoredMessage? in
      guard let id else { return nil }
      return try store.message(id, visibleTo: party.isOperator ? nil : party.id)
    }
    reply.send(SOAPAnswer.success(version, .getMessage) { $0.write(found) })
  }

  private func getDossier(
    _ code: DossierCode, for party: Party, _ version: SOAPVersion, reply: HTTPReply
  ) throws(SOAPFault) {
    let found = try look { store throws(StoreError) in
      try store.timeline(of: code, visibleTo: party.isOperator ? nil : party.id)
    }
    reply.send(SOAPAnswer.success(version, .getDossier) { $0.write(found) })
  }

  private func look<Value>(
    _ body: (any DossierStore) throws(StoreError) -> Value?
  ) throws(SOAPFault) -> Value {
    let found: Value?
    do throws(StoreError) {
      found = try body(intake.store)
    } catch {
      throw SOAPFault(.notStored(error))
    }
    guard let found else { throw SOAPFault(.notFound) }
    return found
  }
}

extension Refusal {
  fileprivate static var notSOAP: Refusal {
    Refusal(
      .unsupportedMediaType,
      english:
        "send text/xml (SOAP 1.1) or application/soap+xml (SOAP 1.2) in UTF-8; MTOM and attachments are not taken, "
        + "files stand in the document as Base64",
      vietnamese:
        "hãy gửi text/xml (SOAP 1.1) hoặc application/soap+xml (SOAP 1.2), mã hóa UTF-8; không nhận MTOM và tệp đính "
        + "kèm SOAP, tệp nằm trong tài liệu dạng Base64")
  }

  fileprivate static var unauthenticatedSOAP: Refusal {
    Refusal(
      .unauthenticated,
      english:
        "show a client certificate, an access token, an API key (X-Api-Key), or a client's id and secret by HTTP Basic "
        + "or a UsernameToken; one of those shown is wrong or there is none",
      vietnamese:
        "hãy dùng chứng thư máy khách, mã truy cập, khóa API (X-Api-Key), hoặc định danh và mật khẩu bằng HTTP Basic "
        + "hay UsernameToken; thông tin gửi lên bị sai hoặc không có")
  }

  fileprivate static var expired: Refusal {
    Refusal(
      .unauthenticated,
      english: "by its Timestamp the message does not hold now; look at the clock of your system",
      vietnamese: "theo Timestamp thông điệp không còn (hoặc chưa) hiệu lực; hãy kiểm tra đồng hồ hệ thống của bạn")
  }

  fileprivate static var verifierBusy: Refusal {
    Refusal(
      .unavailable, english: "too many are logging in; send the same request again later",
      vietnamese: "quá nhiều bên đang đăng nhập; hãy gửi lại đúng yêu cầu này sau")
  }
}
