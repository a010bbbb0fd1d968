import CryptographyKit
import Dictionaries
import DocumentKit
import HTTPKit
import SFTPKit

/// Fills a profile's templates with one party's address, values and secrets.
struct Filling {
  let profile: PartnerProfile
  let address: String
  let values: [String: String]
  let secrets: [String: String]

  func operations(limits: AnswerLimits) -> [String: DestinationOperation] {
    var operations: [String: DestinationOperation] = [:]
    for operation in profile.operations {
      let contentType = HeaderTemplate(name: "Content-Type", value: TextTemplate(literal: operation.contentType))
      let headers = profile.headers + credentialHeaders + [contentType] + operation.headers
      operations[operation.message] = DestinationOperation(
        variants: operation.variants.map { variant in
          DestinationOperation.Variant(
            name: variant.name,
            call: call(method: operation.method, path: variant.path, headers: headers),
            envelope: ResolvedEnvelope(variant.envelope, values: values, secrets: secrets))
        },
        signed: operation.signed.map { ($0.name, ResolvedText($0.value, values: values, secrets: secrets)) },
        batch: operation.batch, question: operation.question.map { question($0, limits: limits) },
        answers: AnswerReader(
          rules: operation.answers ?? profile.answers, limits: limits,
          protocolName: profile.authentication.isFolder ? "SFTP" : "HTTP"))
    }
    return operations
  }

  /// What signs requests; nil for a partner that is not signed for.
  func signer() -> RequestSigner? {
    switch profile.authentication {
    case .vxp(let signing):
      .vxp(VXPSigner(system: text(signing.system), key: Array(text(signing.secret).utf8), hash: signing.hash))
    case .standardWebhook(let secret): WebhookSigner(secret: text(secret)).map(RequestSigner.webhook)
    case .none, .header, .basic, .session, .oauth, .ssh: nil
    }
  }

  private func question(_ question: PartnerQuestion, limits: AnswerLimits) -> DestinationQuestion {
    var headers = profile.headers + credentialHeaders
    if question.members != nil { headers.append(Self.jsonType) }
    return DestinationQuestion(
      call: call(method: question.method, path: question.path, headers: headers + question.headers),
      envelope: question.members.map { ResolvedEnvelope(.wrap($0), values: values, secrets: secrets) },
      answers: AnswerReader(rules: question.answers, limits: limits))
  }

  /// The chosen polls, in the order of the profile.
  func polls(_ chosen: [String: Duration?]) -> [DestinationPoll] {
    profile.polls.compactMap { poll in
      guard let every = chosen[poll.name] else { return nil }
      return DestinationPoll(
        poll: poll, every: every ?? poll.every, list: request(poll.list), detail: poll.detail.map { request($0) },
        acknowledge: poll.acknowledge.map { request($0) }, decline: poll.decline.map { request($0) })
    }
  }

  /// Folders of the polls that no server could have, or where what is done with would come again.
  func folderProblems(of polls: [DestinationPoll], below folder: SFTPPath) -> [DestinationError.Problem] {
    polls.compactMap { poll in
      guard let asked = poll.poll.folder else { return nil }
      let paths = asked.folders.map { text($0) }
      let arePlain = paths.allSatisfy { $0.hasPrefix("/") && SFTPPath("\(folder)\($0)") != nil }
      guard !arePlain || paths.dropFirst().contains(paths[0]) else { return nil }
      return DestinationError.Problem(
        code: .outOfRange, path: ["values"] + asked.folders.flatMap { $0.places.map(\.itemName) },
        message: Sentence(
          "the folders of the poll \(poll.name) are no folders of their own below the address",
          "các thư mục của lượt hỏi \(poll.name) không phải là thư mục riêng dưới địa chỉ"),
        remedy: Sentence(
          "write letters, digits, - _ and . with / between them", "hãy viết chữ cái, chữ số, - _ và ., cách nhau bằng /"
        ))
    }
  }

  /// The chosen dictionaries, in the order of the profile.
  func dictionaries(_ chosen: [String: FetchPlan?]) -> [DestinationDictionary] {
    profile.dictionaries.compactMap { dictionary in
      guard let plan = chosen[dictionary.name.dictionary] else { return nil }
      return DestinationDictionary(
        dictionary: dictionary, plan: plan ?? dictionary.plan,
        list: request(dictionary.list, limits: DictionaryFetchLimits.standard.answers))
    }
  }

  private func request(
    _ request: PartnerPoll.Request, limits: AnswerLimits = PollLimits().answers
  ) -> DestinationPoll.Call {
    var headers = profile.headers + credentialHeaders
    if let type = request.contentType {
      headers.append(HeaderTemplate(name: "Content-Type", value: TextTemplate(literal: type)))
    }
    return DestinationPoll.Call(
      call: call(method: request.method, path: request.path, headers: headers + request.headers),
      envelope: request.body.map { ResolvedEnvelope($0, values: values, secrets: secrets) },
      signed: request.signed.map { ($0.name, ResolvedText($0.value, values: values, secrets: secrets)) },
      answers: AnswerReader(
        rules: request.answers, limits: limits,
        protocolName: profile.authentication.isFolder ? "SFTP" : "HTTP"))
  }

  func lookups(limits: AnswerLimits) -> [String: DestinationLookup] {
    var lookups: [String: DestinationLookup] = [:]
    for lookup in profile.lookups {
      var headers = profile.headers + credentialHeaders
      if lookup.members != nil { headers.append(Self.jsonType) }
      lookups[lookup.name] = DestinationLookup(
        call: call(method: lookup.method, path: lookup.path, headers: headers + lookup.headers),
        envelope: lookup.members.map { ResolvedEnvelope(.wrap($0), values: values, secrets: secrets) },
        answers: AnswerReader(rules: lookup.answers, limits: limits.taking(lookup.largest)), timeout: lookup.timeout,
        parameters: lookup.parameters)
    }
    return lookups
  }

  func upload() -> DestinationUpload? {
    guard let upload = profile.upload else { return nil }
    let call = ResolvedCall(
      method: upload.method, address: address, path: upload.path,
      headers: profile.headers + credentialHeaders + upload.headers, values: values, secrets: secrets)
    return DestinationUpload(call: call, upload: upload)
  }

  func login(limits: AnswerLimits) -> DestinationLogin? {
    guard let reader = LoginReader(profile.authentication, limits: limits) else { return nil }
    switch profile.authentication {
    case .none, .header, .basic, .vxp, .standardWebhook, .ssh: return nil
    case .session(let login):
      var headers = loginHeaders
      let body: [UInt8]
      switch login.body {
      case .none: body = []
      case .json(let members):
        headers.append(Self.jsonType)
        body = ResolvedEnvelope(.wrap(members), values: values, secrets: secrets).body(payload: [], .empty)
      case .form(let members):
        headers.append(Self.formType)
        body = Self.form(members.map { ($0.name, text($0.value)) })
      case .soap(let call):
        headers.append(HeaderTemplate(name: "Content-Type", value: TextTemplate(literal: call.contentType)))
        headers += call.headers
        body = ResolvedEnvelope(.soap(call), values: values, secrets: secrets).body(payload: [], .empty)
      }
      return DestinationLogin(
        call: call(method: login.method, path: login.path, headers: headers + login.headers), body: body,
        reader: reader)
    case .oauth(let login):
      return oauth(login, reader)
    }
  }

  private func oauth(_ login: OAuthLogin, _ reader: LoginReader) -> DestinationLogin {
    var headers = loginHeaders + [Self.formType]
    var fields: [(String, String)]
    switch login.grant {
    case .clientCredentials: fields = [("grant_type", "client_credentials")]
    case .password(let username, let password):
      fields = [("grant_type", "password"), ("username", text(username)), ("password", text(password))]
    }
    if let scope = login.scope { fields.append(("scope", scope)) }
    if let client = login.client {
      let (name, secret) = (text(client.name), text(client.secret))
      switch login.placement {
      case .basic:
        // RFC 6749 §2.3.1: both are form-encoded before they become a user name and a password.
        headers.append(Self.basic(PercentEncoding.encode(name), PercentEncoding.encode(secret)))
      case .form:
        fields += [("client_id", name), ("client_secret", secret)]
      }
    }
    return DestinationLogin(
      call: call(method: "POST", path: login.path, headers: headers + login.headers), body: Self.form(fields),
      reader: reader)
  }

  /// What lets a request in without a login.
  private var credentialHeaders: [HeaderTemplate] {
    switch profile.authentication {
    case .none, .session, .oauth, .vxp, .standardWebhook, .ssh: []
    case .header(let name, let value): [HeaderTemplate(name: name, value: value)]
    case .basic(let username, let password): [Self.basic(text(username), text(password))]
    }
  }

  /// A login has no token yet, and a field without one would say something else: `Bearer` and nothing.
  private var loginHeaders: [HeaderTemplate] {
    profile.headers.filter { header in !header.templates.contains { $0.places.contains(.session) } }
  }

  private func call(method: String, path: TextTemplate, headers: [HeaderTemplate]) -> ResolvedCall {
    ResolvedCall(
      method: method, address: address, path: path, headers: headers, values: values, secrets: secrets,
      isFile: profile.authentication.isFolder)
  }

  private func text(_ template: TextTemplate) -> String {
    ResolvedText(template, values: values, secrets: secrets).text(.empty)
  }

  private static let jsonType = HeaderTemplate(
    name: "Content-Type", value: TextTemplate(literal: "application/json"))

  private static let formType = HeaderTemplate(
    name: "Content-Type", value: TextTemplate(literal: "application/x-www-form-urlencoded"))

  private static func basic(_ username: String, _ password: String) -> HeaderTemplate {
    let credentials = Base64.encode(Array("\(username):\(password)".utf8))
    return HeaderTemplate(name: "Authorization", value: TextTemplate(literal: "Basic \(credentials)"))
  }

  private static func form(_ fields: [(String, String)]) -> [UInt8] {
    let pairs = fields.map { PercentEncoding.encode($0.0) + "=" + PercentEncoding.encode($0.1) }
    return Array(pairs.joined(separator: "&").utf8)
  }
}
