import CryptographyKit
import DocumentKit
import DossierFiles
package import Reception
package import ServiceKit

/// What a site says of files that are kept beside the messages: `files` in `gateway.yaml`.
package struct SiteFileSettings: Sendable {
  /// How partners reach the gateway, without a slash at its end: `publicAddress`.
  package var publicAddress: String?
  /// The key that addresses of files are signed with.
  package var addressKey: SecretReference?
  /// How long an address in a message holds.
  package var addressLifetime: Duration
  /// How long a file stays that no message names.
  package var grace: Duration
  package var limits: FileLimits
  /// The largest file that is fetched from a sender's address, in bytes.
  package var fetchBytes: Int

  /// Long enough for the message to be delivered late and for the partner to fetch late.
  package static let standardLifetime = Duration.seconds(30 * 86_400)
  package static let standardGrace = Duration.seconds(86_400)
  /// What becomes of a message between its files and its commit takes less than this.
  package static let graceMinimum = Duration.seconds(3_600)
}

extension SiteFileSettings {
  /// `top`: the file `gateway.yaml`.
  init(reading top: ConfigurationSection) {
    let files = top.section("files")
    let text = top.optionalString("publicAddress")
    publicAddress = text.flatMap(Self.base)
    if text != nil, publicAddress == nil {
      top.note(
        Sentence("this is no address that partners can be given", "đây không phải là địa chỉ đưa cho đối tác được"),
        key: "publicAddress",
        remedy: Sentence(
          "write http(s)://host[:port][/path], without user name, query or fragment",
          "hãy viết http(s)://máy_chủ[:cổng][/đường_dẫn], không có tên người dùng, truy vấn hay phân đoạn"))
    }
    addressKey = files.optionalSecret("addressKey")
    addressLifetime = files.duration(
      "addressLifetime", in: .seconds(60)...(.seconds(10 * 365 * 86_400)), default: Self.standardLifetime)
    grace = files.duration("grace", in: Self.graceMinimum...(.seconds(365 * 86_400)), default: Self.standardGrace)
    var limits = FileLimits()
    limits.fileBytes = files.byteCount("largest", in: 1...(1 << 40), default: limits.fileBytes)
    limits.uploads = files.integer("uploads", in: 1...1_024, default: limits.uploads)
    limits.reserveBytes = files.byteCount("reserve", in: 0...(1 << 40), default: limits.reserveBytes)
    self.limits = limits
    fetchBytes = files.byteCount("fetchLargest", in: 1...(1 << 40), default: limits.fileBytes)
  }

  private static func base(_ text: String) -> String? {
    guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return nil }
    var rest = text.dropFirst(scheme.count)
    while rest.last == "/" { rest.removeLast() }
    let refused: Set<Character> = ["?", "#", "@", "\\", "\"", "<", ">", "{", "}"]
    guard !rest.isEmpty, rest.first != "/", rest.first != ":", rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
      !rest.contains(where: refused.contains)
    else { return nil }
    return scheme + rest
  }

  /// Makes addresses with the site's key; nil where the site does not say with what. The key has 32 bytes at least.
  func addressing() throws(SiteErrors) -> FileAddressing? {
    guard let publicAddress, let addressKey else { return nil }
    let key: [UInt8]
    do throws(SecretError) {
      key = try addressKey.load().withBytes { Array($0) }
    } catch {
      throw SiteErrors([SiteFinding(error, at: nil, subject: "files.addressKey")])
    }
    guard key.count >= FileAddressing.keyBytes else {
      throw SiteErrors([
        SiteFinding(
          .file, at: nil, subject: "files.addressKey",
          Sentence(
            "the key has \(key.count) bytes and needs \(FileAddressing.keyBytes)",
            "khóa có \(key.count) byte và cần \(FileAddressing.keyBytes)"),
          remedy: Sentence("make one with `lienthong secret new`", "hãy tạo khóa bằng `lienthong secret new`"))
      ])
    }
    return FileAddressing(base: publicAddress, key: key, lifetime: addressLifetime)
  }
}
