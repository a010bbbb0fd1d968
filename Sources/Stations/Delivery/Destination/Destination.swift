package import Dictionaries
import DocumentKit
package import DossierModel
package import HTTPKit
package import ServiceKit

/// One party that deliveries are pushed to: its profile met with its address, secrets and values.
///
/// A party that pulls from its inbox has no destination, and so is never claimed for. Everything that cannot change
/// from one request to the next is laid out when the value is made, and every name the profile asks for is checked then.
package struct Destination: Sendable {
  package let party: PartyID
  package let profile: String
  /// Requests under way at the same time at most.
  package let window: Int
  /// When nothing is sent.
  package let hours: DeliveryHours
  package let rate: RateLimit?
  package let retry: RetryPolicy

  let timeouts: HTTPClientTimeouts
  let tls: ClientTLS?
  let answerLimits: AnswerLimits
  /// By the name of the message type.
  let operations: [String: DestinationOperation]
  let login: DestinationLogin?
  /// What the partner is asked for.
  let polls: [DestinationPoll]
  /// What is fetched of it.
  package let dictionaries: [DestinationDictionary]
  /// Names of the message types whose dossiers it is asked about, once it has them.
  let awaitedTypes: Set<String>
  /// By name.
  let lookups: [String: DestinationLookup]
  /// Nil when the profile has none.
  let upload: DestinationUpload?
  /// Nil for a partner whose requests are not signed.
  let signer: RequestSigner?
  /// Whether requests carry the token as `Authorization: Bearer`.
  let sendsBearer: Bool

  /// Where files are put; nil for a partner that is spoken to by HTTP.
  let folder: DestinationFolder?

  /// The largest window that may be asked for.
  package static let windowLimit = 1_024

  /// - Parameters:
  ///   - polls: which of the profile's polls, by name, with the pause between two rounds where it is not the profile's.
  ///   - dictionaries: which of the profile's dictionaries are fetched of this party, with the plan where it is its own.
  ///   - address: `http` or `https`, host, port, and perhaps a path that goes before the profile's paths.
  ///   - secrets: by the names the profile asks for.
  package init(
    party: PartyID, profile: PartnerProfile, address: String, secrets: [String: Secret] = [:],
    values: [String: String] = [:], window: Int = 8, hours: DeliveryHours = .always,
    rate: RateLimit? = nil, timeouts: HTTPClientTimeouts = .standard,
    retry: RetryPolicy = RetryPolicy(), tls: ClientTLS? = nil, answerLimits: AnswerLimits = .standard,
    polls chosen: [String: Duration?] = [:], dictionaries fetched: [String: FetchPlan?] = [:]
  ) throws(DestinationError) {
    var problems: [DestinationError.Problem] = []
    let isFolder = profile.authentication.isFolder
    let folderAddress = isFolder ? DropFolderAddress(address) : nil
    let base = isFolder ? folderAddress.map { _ in address } : Self.base(of: address)
    if base == nil {
      problems.append(
        DestinationError.Problem(
          code: .invalidAddress, path: ["address"],
          message: Sentence("the address is not one requests can be sent to", "không gửi yêu cầu tới địa chỉ này được"),
          remedy: isFolder
            ? Sentence(
              "write sftp://host[:port]/folder, or /~/folder below the home folder, of plain letters",
              "hãy viết sftp://máy_chủ[:cổng]/thư_mục, hoặc /~/thư_mục dưới thư mục nhà, bằng chữ thuần")
            : Sentence(
              "write http(s)://host[:port][/path], without user name, query or fragment",
              "hãy viết http(s)://máy_chủ[:cổng][/đường_dẫn], không có tên người dùng, truy vấn hay phân đoạn")))
    }
    if !(1...Self.windowLimit).contains(window) {
      problems.append(
        DestinationError.Problem(
          code: .outOfRange, path: ["window"],
          message: Sentence("the window is out of range", "cửa sổ nằm ngoài khoảng cho phép"),
          remedy: Sentence(
            "write a number from 1 to \(Self.windowLimit)", "hãy viết một số từ 1 đến \(Self.windowLimit)")))
    }
    // What only other polls place may be left out.
    var needed = profile
    needed.polls.removeAll { chosen[$0.name] == nil }
    needed.dictionaries.removeAll { fetched[$0.name.dictionary] == nil }
    problems += Self.compare(
      given: Set(secrets.keys), asked: profile.secretNames,
      optional: profile.secretNames.subtracting(needed.secretNames), section: "secrets", profile: profile.name,
      codes: (.missingSecret, .unknownSecret))
    problems += Self.compare(
      given: Set(values.keys), asked: profile.valueNames,
      optional: profile.valueNames.subtracting(needed.valueNames).union(profile.defaults.keys), section: "values",
      profile: profile.name, codes: (.missingValue, .unknownValue))
    var secretTexts: [String: String] = [:]
    for (name, secret) in secrets {
      guard let text = secret.text() else {
        problems.append(
          DestinationError.Problem(
            code: .unsendableField, path: ["secrets", name],
            message: Sentence("the secret is no UTF-8 text", "bí mật không phải là văn bản UTF-8"),
            remedy: Sentence("store it as text", "hãy lưu dưới dạng văn bản")))
        continue
      }
      secretTexts[name] = text
    }
    guard let base, problems.isEmpty else { throw DestinationError(problems: problems) }

    let folder = folderAddress.flatMap { address in
      DestinationFolder(
        at: address, profile.authentication, values: profile.defaults.merging(values) { _, given in given },
        secrets: secretTexts, timeouts: timeouts, problems: &problems)
    }
    self.folder = folder
    let filling = Filling(
      profile: needed, address: folder?.base ?? base, values: profile.defaults.merging(values) { _, given in given },
      secrets: secretTexts)
    operations = filling.operations(limits: answerLimits)
    login = filling.login(limits: answerLimits)
    lookups = filling.lookups(limits: answerLimits)
    upload = filling.upload()
    let known = Set(profile.polls.map(\.name))
    for name in chosen.keys.sorted() where !known.contains(name) {
      problems.append(
        DestinationError.Problem(
          code: .unknownPoll, path: ["polls", name],
          message: Sentence(
            "the profile \(profile.name) has no poll \(name)", "hồ sơ đối tác \(profile.name) không có lượt hỏi \(name)"
          ),
          remedy: Self.itHas(known)))
    }
    polls = filling.polls(chosen)
    if let folder { problems += filling.folderProblems(of: polls, below: folder.path) }
    problems += Self.unknownDictionaries(fetched, of: profile)
    dictionaries = filling.dictionaries(fetched)
    awaitedTypes = polls.reduce(into: []) { types, poll in
      if case .awaited(let awaited) = poll.poll.progress { types.formUnion(awaited.types) }
    }
    let signer = filling.signer()
    self.signer = signer
    if signer == nil, case .standardWebhook(let secret) = profile.authentication {
      problems.append(
        DestinationError.Problem(
          code: .unusableSecret, path: ["secrets"] + secret.places.map(\.itemName),
          message: Sentence("the secret is none of Standard Webhooks", "bí mật không theo Standard Webhooks"),
          remedy: Sentence(
            "write \(WebhookSigner.secretPrefix) and \(WebhookSigner.secretBytes.lowerBound) to "
              + "\(WebhookSigner.secretBytes.upperBound) random bytes in base64",
            "hãy viết \(WebhookSigner.secretPrefix) và từ \(WebhookSigner.secretBytes.lowerBound) đến "
              + "\(WebhookSigner.secretBytes.upperBound) byte ngẫu nhiên theo base64")))
    }
    let calls =
      operations.values.flatMap { operation in
        operation.variants.map(\.call) + (operation.question.map { [$0.call] } ?? [])
      } + lookups.values.map(\.call) + [login?.call, upload?.call].compactMap { $0 }
      + polls.flatMap { [$0.list, $0.detail, $0.acknowledge, $0.decline].compactMap { $0?.call } }
      + dictionaries.map(\.list.call)
    let signed = operations.values.compactMap { operation in signer?.unsendableHeader(of: operation) }
    for field in Set(calls.compactMap(\.unsendableHeader) + signed).sorted() {
      problems.append(
        DestinationError.Problem(
          code: .unsendableField, path: [],
          message: Sentence(
            "the field \(field) cannot be sent with what is filled in",
            "không gửi được trường \(field) với nội dung đã điền"),
          remedy: Sentence(
            "remove line breaks and control characters from the secret or value it is made of",
            "hãy bỏ xuống dòng và ký tự điều khiển khỏi bí mật hoặc giá trị tạo nên nó")))
    }
    guard problems.isEmpty else { throw DestinationError(problems: problems) }
    self.party = party
    self.profile = profile.name
    self.window = window
    self.hours = hours
    self.rate = rate
    self.retry = retry
    self.timeouts = timeouts
    self.tls = tls
    self.answerLimits = answerLimits
    sendsBearer = if case .oauth = profile.authentication { true } else { false }
  }

  private static func itHas(_ known: some Collection<String>) -> Sentence {
    let names = known.sorted().joined(separator: ", ")
    return known.isEmpty
      ? Sentence("it has none", "hồ sơ không có cái nào") : Sentence("it has \(names)", "hồ sơ có \(names)")
  }

  private static func unknownDictionaries(
    _ fetched: [String: FetchPlan?], of profile: PartnerProfile
  ) -> [DestinationError.Problem] {
    let known = profile.dictionaries.map(\.name.dictionary)
    return fetched.keys.sorted().filter { !known.contains($0) }.map { name in
      DestinationError.Problem(
        code: .unknownDictionary, path: ["dictionaries", name],
        message: Sentence(
          "the profile \(profile.name) has no dictionary \(name)",
          "hồ sơ đối tác \(profile.name) không có danh mục \(name)"),
        remedy: Self.itHas(known))
    }
  }

  private static func compare(
    given: Set<String>, asked: Set<String>, optional: Set<String>, section: String, profile: String,
    codes: (missing: DestinationError.Problem.Code, unknown: DestinationError.Problem.Code)
  ) -> [DestinationError.Problem] {
    let missing = asked.subtracting(given).subtracting(optional).sorted().map { name in
      DestinationError.Problem(
        code: codes.missing, path: [section, name],
        message: Sentence(
          "the profile \(profile) asks for \(section)/\(name)", "hồ sơ đối tác \(profile) cần \(section)/\(name)"),
        remedy: Sentence("add \(name) under \(section)", "hãy thêm \(name) dưới \(section)"))
    }
    let names = asked.sorted().joined(separator: ", ")
    let known =
      asked.isEmpty
      ? Sentence("it asks for none", "hồ sơ không cần gì") : Sentence("it asks for \(names)", "hồ sơ cần \(names)")
    let unknown = given.subtracting(asked).sorted().map { name in
      DestinationError.Problem(
        code: codes.unknown, path: [section, name],
        message: Sentence(
          "the profile \(profile) does not know \(section)/\(name)",
          "hồ sơ đối tác \(profile) không có \(section)/\(name)"), remedy: known)
    }
    return missing + unknown
  }

  /// The address without a slash at its end; nil when it is none.
  private static func base(of address: String) -> String? {
    var rest: Substring
    if address.hasPrefix("http://") {
      rest = address.dropFirst("http://".count)
    } else if address.hasPrefix("https://") {
      rest = address.dropFirst("https://".count)
    } else {
      return nil
    }
    let authority = rest.prefix { $0 != "/" }
    let refused: Set<Character> = ["?", "#", "@", "\\", "\"", "<", ">", "{", "}"]
    guard !authority.isEmpty, authority.first != ":", rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
      !rest.contains(where: refused.contains)
    else { return nil }
    while rest.last == "/" { rest.removeLast() }
    return address.prefix { $0 != ":" } + "://" + rest
  }
}
