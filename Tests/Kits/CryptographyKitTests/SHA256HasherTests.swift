import CryptographyKit
import Testing

@Suite("SHA-256 in pieces")
struct SHA256HasherTests {
  @Test(
    "A million letters in pieces of any size give the hash of FIPS 180-4's third example", arguments: [1, 63, 64, 999])
  func millionLetters(size: Int) {
    var hasher = SHA256Hasher()
    var left = 1_000_000
    while left > 0 {
      hasher.update([UInt8](repeating: UInt8(ascii: "a"), count: min(size, left)))
      left -= min(size, left)
    }
    let hash = Hexadecimal.encode(hasher.finish())
    #expect(hash == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("A hasher that was given nothing gives the hash of nothing, and an unfinished one is simply dropped")
  func nothing() {
    var hasher = SHA256Hasher()
    hasher.update([UInt8]())
    #expect(hasher.finish() == SHA256.hash(""))
    var dropped = SHA256Hasher()
    dropped.update([1, 2, 3])
  }
}
