import CryptographyKit
import Delivery
import Dictionaries
import DocumentKit
import DossierModel
import HTTPKit
import Reception
import ServiceKit

extension SiteParty {
  init(reading section: ConfigurationSection) {
    position = section.position
    let credentials = section.sections("credentials").compactMap { entry in
      Self.credential(entry).map { (section: entry, credential: $0) }
    }
    certificatePosition = credentials.first(where: \.credential.isCertificate)?.section.node("certificate")?.position
    party = Party(
      id: PartyID(section.string("party")), name: section.string("name"), agency: section.optionalString("agency"),
      credentials: credentials.map(\.credential),
      sends: Set(section.strings("sends", default: [])), isOperator: section.boolean("operator", default: false))
    lookups = Set(section.strings("lookups", default: []))
    questions = Set(section.strings("questions", default: []))
    let lists = section.section("lists")
    lists.allowAnyKey()
    self.lists = Dictionary(uniqueKeysWithValues: lists.keys.map { ($0, lists.path($0)) })
    filesFrom = section.sections("filesFrom").compactMap(Self.permission)
    filesTo = Self.caller(
      section.section("filesTo"), hasCertificate: party.credentials.contains(where: \.isCertificate))
    filesToCertificatePosition =
      filesTo?.showsCertificate == true ? section.section("filesTo").node("certificate")?.position : nil
    let receives = section.section("receives")
    receiving = receives.isPresent ? Receiving(reading: receives) : nil
  }

  private static func permission(_ section: ConfigurationSection) -> FilePermission? {
    let address = section.string("address")
    let isPrivate = section.boolean("private", default: false)
    let permission = FilePermission(address, isPrivate: isPrivate)
    if permission == nil, !address.isEmpty {
      section.note(
        Sentence("files cannot be fetched from below this address", "không tải được tệp từ dưới địa chỉ này"),
        key: "address",
        remedy: Sentence(
          "write http(s)://host[:port]/folder/, without user name, query or fragment",
          "hãy viết http(s)://máy_chủ[:cổng]/thư_mục/, không có tên người dùng, truy vấn hay phân đoạn"))
    }
    return permission
  }

  private static func caller(_ section: ConfigurationSection, hasCertificate: Bool) -> FileCaller? {
    guard section.isPresent else { return nil }
    let texts = section.strings("from", default: [])
    for text in texts where AddressRange(text) == nil {
      section.note(
        Sentence("‘\(text)’ is no range of addresses", "‘\(text)’ không phải là dải địa chỉ"), key: "from",
        remedy: Sentence(
          "write an address, or the first of a network and its prefix, such as 10.20.0.0/16 or 2001:db8::/32",
          "hãy viết một địa chỉ, hoặc địa chỉ đầu của mạng kèm tiền tố, ví dụ 10.20.0.0/16 hoặc 2001:db8::/32"))
    }
    let showsCertificate = section.boolean("certificate", default: false)
    if showsCertificate, !hasCertificate {
      section.note(
        Sentence("the party has no certificate to show", "bên này không có chứng thư để xuất trình"),
        key: "certificate",
        remedy: Sentence(
          "add certificate: \"sha256:…\" to its credentials",
          "hãy thêm certificate: \"sha256:…\" vào credentials của bên đó"))
    }
    if texts.isEmpty, !showsCertificate {
      section.note(
        Sentence("this binds an address to nothing", "như vậy địa chỉ không bị ràng buộc với gì"),
        remedy: Sentence(
          "write from: [RANGE, …], certificate: true, or both",
          "hãy viết from: [DẢI, …], certificate: true, hoặc cả hai"))
    }
    return FileCaller(ranges: texts.compactMap(AddressRange.init(_:)), showsCertificate: showsCertificate)
  }

  private static func credential(_ section: ConfigurationSection) -> Credential? {
    let client = section.section("client")
    let session = section.section("session")
    let vxp = section.section("vxp")
    if client.isPresent {
      return password(client, key: "secret").map { .client(id: client.string("id"), secret: $0) }
    }
    if session.isPresent {
      return password(session, key: "password").map { .session(username: session.string("username"), password: $0) }
    }
    if vxp.isPresent { return .vxp(system: vxp.string("system"), secret: vxp.secret("secret")) }
    let checksum = section.section("checksum")
    if checksum.isPresent { return .checksum(secret: checksum.secret("secret")) }
    if let key = section.optionalString("apiKey") { return digest(key, of: "apiKey", section).map(Credential.apiKey) }
    if let certificate = section.optionalString("certificate") {
      return digest(certificate, of: "certificate", section).map(Credential.certificate)
    }
    section.note(
      Sentence("this is no credential", "đây không phải là thông tin xác thực"),
      remedy: Sentence(
        "write one of apiKey, client, session, certificate, vxp or checksum; see `lienthong secret`",
        "hãy viết một trong apiKey, client, session, certificate, vxp hoặc checksum; xem `lienthong secret`"))
    return nil
  }

  private static func password(_ section: ConfigurationSection, key: String) -> PasswordHash? {
    let text = section.string(key)
    guard let hash = try? PasswordHash(parsing: text) else {
      section.note(
        Sentence("this is no stored form of a password", "đây không phải là dạng lưu của mật khẩu"), key: key,
        remedy: Sentence(
          "make it with `lienthong secret password`; a password itself never goes into a site",
          "hãy tạo bằng `lienthong secret password`; không bao giờ ghi chính mật khẩu vào tệp"))
      return nil
    }
    return hash
  }

  private static func digest(_ text: String, of key: String, _ section: ConfigurationSection) -> [UInt8]? {
    guard text.hasPrefix("sha256:"), let bytes = try? Hexadecimal.decode(String(text.dropFirst(7))),
      bytes.count == SHA256.byteCount
    else {
      section.note(
        Sentence("this is no SHA-256", "đây không phải là SHA-256"), key: key,
        remedy: Sentence(
          "write sha256: and 64 hexadecimal digits; `lienthong secret new` makes a key with its line",
          "hãy viết sha256: và 64 chữ số thập lục phân; `lienthong secret new` tạo khóa kèm dòng cần ghi"))
      return nil
    }
    return bytes
  }
}

extension SiteParty.Receiving {
  /// How often and how long a party is tried unless its file says otherwise.
  private static let standardRetry = RetryPolicy()

  fileprivate init(reading section: ConfigurationSection) {
    let timeouts = section.section("timeouts")
    let retry = section.section("retry")
    let tls = section.section("tls")
    position = section.position
    profile = section.string("profile")
    if section.boolean("pull", default: false) {
      address = nil
      if section.node("address") != nil {
        section.note(
          Sentence("a party that pulls has no address", "bên tự lấy bản tin thì không có địa chỉ"), key: "address",
          remedy: Sentence("remove pull or address", "hãy bỏ pull hoặc address"))
      }
    } else {
      address = section.string("address")
    }
    let secretNames = section.section("secrets")
    secrets = Dictionary(uniqueKeysWithValues: secretNames.keys.map { ($0, secretNames.secret($0)) })
    let valueNames = section.section("values")
    values = Dictionary(uniqueKeysWithValues: valueNames.keys.map { ($0, valueNames.string($0, mayBeEmpty: true)) })
    polls = Dictionary(
      uniqueKeysWithValues: section.namedSections("polls").map { name, poll in
        (name, poll.node("every") == nil ? nil : poll.duration("every", in: PollLimits.every))
      })
    if address == nil, !polls.isEmpty {
      section.note(
        Sentence("a party that pulls is not asked", "không hỏi bên tự lấy bản tin"), key: "polls",
        remedy: Sentence("remove pull, and give its address", "hãy bỏ pull, và cho biết địa chỉ của bên đó"))
    }
    dictionaries = Dictionary(
      uniqueKeysWithValues: section.namedSections("dictionaries").map { name, dictionary in
        (name, FetchPlan(reading: dictionary))
      })
    if address == nil, !dictionaries.isEmpty {
      section.note(
        Sentence("a party that pulls is not asked", "không hỏi bên tự lấy bản tin"), key: "dictionaries",
        remedy: Sentence("remove pull, and give its address", "hãy bỏ pull, và cho biết địa chỉ của bên đó"))
    }
    window = section.integer("window", in: 1...1_024, default: 8)
    hours = DeliveryHours(reading: section)
    rate = RateLimit(reading: section.section("rate"))
    connectTimeout = timeouts.duration("connect", in: .milliseconds(10)...(.seconds(300)), default: .seconds(5))
    answerTimeout = timeouts.duration("answer", in: .milliseconds(10)...(.seconds(3_600)), default: .seconds(60))
    firstByteTimeout =
      timeouts.node("firstByte") == nil
      ? nil : timeouts.duration("firstByte", in: .milliseconds(10)...(.seconds(3_600)))
    if let firstByteTimeout, firstByteTimeout > answerTimeout {
      timeouts.note(
        Sentence(
          "the first byte is waited for longer than the whole answer",
          "thời gian chờ byte đầu dài hơn thời gian chờ cả câu trả lời"), key: "firstByte",
        remedy: Sentence("write less than answer", "hãy viết nhỏ hơn answer"))
    }
    let second = Duration.milliseconds(10)
    let minimum = retry.duration(
      "minimum", in: second...(.seconds(86_400)), default: Self.standardRetry.pauseMinimum)
    let maximum = retry.duration(
      "maximum", in: second...(.seconds(86_400)), default: max(minimum, Self.standardRetry.pauseMaximum))
    if maximum < minimum {
      retry.note(
        Sentence("maximum is less than minimum", "maximum nhỏ hơn minimum, phải ngược lại"), key: "maximum",
        remedy: Sentence("swap the two", "hãy đổi chỗ hai giá trị"))
    }
    self.retry = RetryPolicy(
      pauseMinimum: minimum, pauseMaximum: max(minimum, maximum),
      lifetime: retry.duration(
        "lifetime", in: .seconds(1)...(.seconds(31_536_000)), default: Self.standardRetry.lifetime))
    self.tls =
      tls.isPresent
      ? SiteParty.TLSFiles(
        authorities: tls.optionalPath("authorities"), certificate: tls.optionalPath("certificate"),
        key: tls.optionalSecret("key")) : nil
  }
}
