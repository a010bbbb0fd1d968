import CryptographyKit

/// The SHA-256 of an SSH server's host key, as `ssh-keygen -lf` and OpenSSH print it: `SHA256:` and 43 characters of Base64.
package struct SFTPFingerprint: Sendable, Hashable, CustomStringConvertible {
  private static let prefix = "SHA256:"

  let digest: [UInt8]

  /// nil for what is no fingerprint.
  package init?(_ text: String) {
    guard text.hasPrefix(Self.prefix) else { return nil }
    // OpenSSH leaves the padding out.
    guard let digest = try? Base64.decode(text.dropFirst(Self.prefix.count) + "="), digest.count == SHA256.byteCount
    else { return nil }
    self.digest = digest
  }

  /// Of a key as the server sent it.
  init(ofKey key: [UInt8]) { digest = SHA256.hash(key) }

  package var description: String { Self.prefix + Base64.encode(digest).prefix { $0 != "=" } }
}
