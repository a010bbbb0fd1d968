import CryptographyKit
package import DossierModel
import HTTPKit
package import ServiceKit

/// Makes addresses at which files can be fetched without credentials, and tells its own from others.
///
/// An address names the file, the party it was given to and the second until which it holds, and carries the HMAC-SHA-256 of all
/// three under the site's key: nobody can make another, prolong it or give it to another party. The site's path is not signed: a
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

  package func address(of reference: FileReference, for party: PartyID, at now: Timestamp) -> String {
    let until = (now + lifetime).seconds
    let signature = signature(reference.sha256, party, until)
    return
      "\(base)\(Self.path)\(reference.sha256)?party=\(PercentEncoding.encode(party.text))&until=\(until)&signature=\(signature)"
  }

  /// Whether an address of this gateway says so, and still holds.
  package func isValid(
    sha256: String, party: PartyID, until: String, signature: String, at now: Timestamp
  ) -> Bool {
    guard until.utf8.count <= 12, let second = Int64(until), String(second) == until, now.seconds <= second else {
      return false
    }
    return constantTimeEqual(Array(signature.utf8), Array(self.signature(sha256, party, second).utf8))
  }

  private func signature(_ sha256: String, _ party: PartyID, _ until: Int64) -> String {
    // Neither a digest nor a second has a line break in it, so no two of them are signed as the same text.
    Base64URL.encode(HMACSHA256.code(of: Array("lienthong file\n\(sha256)\n\(until)\n\(party)".utf8), key: key))
  }
}
