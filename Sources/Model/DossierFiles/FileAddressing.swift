import CryptographyKit
package import ServiceKit

/// Makes addresses at which files can be fetched without credentials, and tells its own from others.
///
/// An address names the file and the second until which it holds, and carries the HMAC-SHA-256 of both under the site's
/// key: whoever has the address has the right, nobody can make another or prolong it. The site's path is not signed: a
/// gateway may move behind another name without its addresses becoming void.
package struct FileAddressing: Sendable {
  /// Bytes of the key at least: those of the hash (RFC 2104 §3).
  package static let keyBytes = HMACSHA256.byteCount
  /// Where files are asked for, below the public address.
  package static let path = "/v1/files/"

  private let base: String
  private let key: [UInt8]
  private let lifetime: Duration

  /// - Parameters:
  ///   - base: `http(s)://host[:port][/path]` as partners reach the gateway, without a slash at its end.
  ///   - lifetime: of an address, from the moment it is written into a message.
  package init(base: String, key: [UInt8], lifetime: Duration) {
    precondition(key.count >= Self.keyBytes, "the site's check refuses a short key")
    self.base = base
    self.key = key
    self.lifetime = lifetime
  }

  package func address(of reference: FileReference, at now: Timestamp) -> String {
    let until = (now + lifetime).seconds
    return "\(base)\(Self.path)\(reference.sha256)?until=\(until)&signature=\(signature(reference.sha256, until))"
  }

  /// Whether an address of this gateway says so, and still holds.
  package func isValid(sha256: String, until: String, signature: String, at now: Timestamp) -> Bool {
    guard until.utf8.count <= 12, let second = Int64(until), String(second) == until, now.seconds <= second else {
      return false
    }
    return constantTimeEqual(Array(signature.utf8), Array(self.signature(sha256, second).utf8))
  }

  private func signature(_ sha256: String, _ until: Int64) -> String {
    Base64URL.encode(HMACSHA256.code(of: Array("lienthong file\n\(sha256)\n\(until)".utf8), key: key))
  }
}
