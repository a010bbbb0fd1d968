import CCrypto

/// PBKDF2-HMAC-SHA-256 (RFC 8018 §5.2): turns a password into bytes slowly.
package enum PBKDF2 {
  package static func derive(password: String, salt: [UInt8], iterations: Int, byteCount: Int) -> [UInt8] {
    precondition(iterations >= 1 && iterations <= Int(Int32.max), "PBKDF2 needs at least one iteration")
    precondition(byteCount >= 1 && byteCount <= 1024, "PBKDF2 gives 1 to 1,024 bytes here")
    var password = password
    return [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
      // The call reads the password and the salt only while it runs and writes exactly `byteCount` bytes.
      let status = password.withUTF8 { text in
        text.withMemoryRebound(to: CChar.self) { characters in
          PKCS5_PBKDF2_HMAC(
            characters.baseAddress, Int32(characters.count), salt, Int32(salt.count), Int32(iterations),
            DigestAlgorithm.sha256.pointer, Int32(byteCount), buffer.baseAddress)
        }
      }
      guard status == 1 else { CryptographyError.stop("PBKDF2 failed") }
      count = byteCount
    }
  }
}
