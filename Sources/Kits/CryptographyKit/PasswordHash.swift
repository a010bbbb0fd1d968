/// What is kept of a password: enough to recognise it, too slow to guess it.
///
/// Text form: `pbkdf2-sha256$iterations$salt$hash`, salt and hash in base64url. Printing it in a log shows a mark only.
package struct PasswordHash: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
  package let iterations: Int
  private let salt: [UInt8]
  private let hash: [UInt8]

  private static let scheme = "pbkdf2-sha256"
  private static let saltByteCount = 16
  private static let hashByteCount = 32

  /// What OWASP's Password Storage Cheat Sheet asks of PBKDF2-HMAC-SHA-256 (2023): some 0.2 s of one core.
  package static let standardIterations = 600_000
  /// Fewer iterations are refused when a text is read: a weakened entry must not go unnoticed.
  package static let minimumIterations = 100_000
  /// More are refused: one log-in would hold a core for seconds.
  package static let maximumIterations = 10_000_000

  /// Hashes a new password; takes as long as every later check.
  package init(password: String, iterations: Int = standardIterations) throws(CryptographyError) {
    try Self.check(iterations)
    self.iterations = iterations
    salt = SecureRandom.bytes(Self.saltByteCount)
    hash = PBKDF2.derive(
      password: password, salt: salt, iterations: iterations, byteCount: Self.hashByteCount)
  }

  /// Reads the text form; the errors do not repeat it.
  package init(parsing text: String) throws(CryptographyError) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    let hint = "a password hash has the form \(Self.scheme)$iterations$salt$hash"
    guard parts.count == 4, parts[0] == Self.scheme, parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let iterations = Int(parts[1])
    else { throw CryptographyError(.badPasswordHash, hint) }
    try Self.check(iterations)
    let salt = try Base64URL.decode(String(parts[2]))
    let hash = try Base64URL.decode(String(parts[3]))
    guard (8...64).contains(salt.count), hash.count == Self.hashByteCount else {
      throw CryptographyError(.badPasswordHash, "\(hint), with a salt of 8 to 64 bytes and a hash of 32")
    }
    self.iterations = iterations
    self.salt = salt
    self.hash = hash
  }

  /// The form to be kept in a configuration file.
  package var text: String {
    "\(Self.scheme)$\(iterations)$\(Base64URL.encode(salt))$\(Base64URL.encode(hash))"
  }

  /// Whether this is the password. Slow by intent (`iterations`): not for the cooperative pool.
  package func isMatched(by password: String) -> Bool {
    let candidate = PBKDF2.derive(
      password: password, salt: salt, iterations: iterations, byteCount: Self.hashByteCount)
    return constantTimeEqual(candidate, hash)
  }

  package var description: String { "‹password hash›" }
  package var customMirror: Mirror { Mirror(self, children: []) }

  private static func check(_ iterations: Int) throws(CryptographyError) {
    guard (minimumIterations...maximumIterations).contains(iterations) else {
      throw CryptographyError(
        .badPasswordHash, "a password hash has \(minimumIterations) to \(maximumIterations) iterations")
    }
  }
}
