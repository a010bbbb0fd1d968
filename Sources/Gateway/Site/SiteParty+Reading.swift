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
    party = Party(
      id: PartyID(section.string("party")), name: section.string("name"), agency: section.optionalString("agency"),
      credentials: section.sections("credentials").compactMap(Self.credential),
      sends: Set(section.strings("sends", default: [])), isOperator: section.boolean("operator", default: false))
    lookups = Set(section.strings("lookups", default: []))
    questions = Set(section.strings("questions", default: []))
    let lists = section.section("lists")
    lists.allowAnyKey()
    self.lists = Dictionary(uniqueKeysWithValues: lists.keys.map { ($0, lists.path($0)) })
    filesFrom = section.sections("filesFrom").compactMap(Self.permission)
    filesTo = Self.caller(
      section.section("filesTo"), hasCertificate: party.credentials.contains(where: \.isCertificate))
    let receives = section.section("receives")
    receiving = receives.isPresent ? Receiving(reading: receives) : nil
  }

  private static func permission(_ section: ConfigurationSection) -> FilePermission? {
    let address = section.string("address")
    let isPrivate = section.boolean("private", default: false)
    let permission = FilePermission(address, isPrivate: isPrivate)
    if permission == nil, !address.isEmpty {
      section.note(
        "files cannot be fetched from below this address", key: "address",
        remedy: "write http(s)://host[:port]/folder/, without user name, query or fragment")
    }
    return permission
  }

  private static func caller(_ section: ConfigurationSection, hasCertificate: Bool) -> FileCaller? {
    guard section.isPresent else { return nil }
    let texts = section.strings("from", default: [])
    for text in texts where AddressRange(text) == nil {
      section.note(
        "‘\(text)’ is no range of addresses", key: "from",
        remedy: "write an address, or the first of a network and its prefix, such as 10.20.0.0/16 or 2001:db8::/32")
    }
    let showsCertificate = section.boolean("certificate", default: false)
    if showsCertificate, !hasCertificate {
      section.note(
        "the party has no certificate to show", key: "certificate",
        remedy: "add certificate: \"sha256:…\" to its credentials")
    }
    if texts.isEmpty, !showsCertificate {
      section.note("this binds an address to nothing", remedy: "write from: [RANGE, …], certificate: true, or both")
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
      "this is no credential",
      remedy: "write one of apiKey, client, session, certificate, vxp or checksum; see `lienthong secret`")
    return nil
  }

  private static func password(_ section: ConfigurationSection, key: String) -> PasswordHash? {
    let text = section.string(key)
    guard let hash = try? PasswordHash(parsing: text) else {
      section.note(
        "this is no stored form of a password", key: key,
        remedy: "make it with `lienthong secret password`; a password itself never goes into a site")
      return nil
    }
    return hash
  }

  private static func digest(_ text: String, of key: String, _ section: ConfigurationSection) -> [UInt8]? {
    guard text.hasPrefix("sha256:"), let bytes = try? Hexadecimal.decode(String(text.dropFirst(7))),
      bytes.count == SHA256.byteCount
    else {
      section.note(
        "this is no SHA-256", key: key,
        remedy: "write sha256: and 64 hexadecimal digits; `lienthong secret new` makes a key with its line")
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
        section.note("a party that pulls has no address", key: "address", remedy: "remove pull or address")
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
      section.note("a party that pulls is not asked", key: "polls", remedy: "remove pull, and give its address")
    }
    dictionaries = Dictionary(
      uniqueKeysWithValues: section.namedSections("dictionaries").map { name, dictionary in
        (name, FetchPlan(reading: dictionary))
      })
    if address == nil, !dictionaries.isEmpty {
      section.note("a party that pulls is not asked", key: "dictionaries", remedy: "remove pull, and give its address")
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
        "the first byte is waited for longer than the whole answer", key: "firstByte", remedy: "write less than answer")
    }
    let second = Duration.milliseconds(10)
    let minimum = retry.duration(
      "minimum", in: second...(.seconds(86_400)), default: Self.standardRetry.pauseMinimum)
    let maximum = retry.duration(
      "maximum", in: second...(.seconds(86_400)), default: max(minimum, Self.standardRetry.pauseMaximum))
    if maximum < minimum { retry.note("maximum is less than minimum", key: "maximum", remedy: "swap the two") }
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
