import CCrypto

/// Whether two secrets are equal; the time taken tells their lengths and nothing about their bytes.
package func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  // CRYPTO_memcmp reads `left.count` bytes of both, which have that many.
  left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}
