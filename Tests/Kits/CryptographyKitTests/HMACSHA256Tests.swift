import CryptographyKit
import Testing

@Suite("HMAC-SHA-256")
struct HMACSHA256Tests {
  /// RFC 4231 §4.2 to §4.8 (test case 5 is the truncated one, checked by its first 16 bytes).
  static let vectors: [(key: String, data: String, code: String)] = [
    (
      String(repeating: "0b", count: 20), "4869205468657265",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      String(repeating: "aa", count: 20), String(repeating: "dd", count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      "0102030405060708090a0b0c0d0e0f10111213141516171819", String(repeating: "cd", count: 50),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
    ),
    (
      String(repeating: "0c", count: 20), "546573742057697468205472756e636174696f6e",
      "a3b6167473100ee06e0c796c2955552b"
    ),
    (
      String(repeating: "aa", count: 131),
      "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
    (
      String(repeating: "aa", count: 131),
      "5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b657920616e6420"
        + "61206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f206265206861"
        + "73686564206265666f7265206265696e6720757365642062792074686520484d414320616c676f726974686d2e",
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    ),
  ]

  @Test("Agrees with RFC 4231", arguments: vectors.indices)
  func vector(number: Int) throws {
    let vector = Self.vectors[number]
    let code = HMACSHA256.code(of: try Hexadecimal.decode(vector.data), key: try Hexadecimal.decode(vector.key))
    #expect(code.count == 32)
    #expect(Hexadecimal.encode(code).hasPrefix(vector.code))
  }

  @Test("An empty key and an empty message have a code as well")
  func empty() {
    let code = Hexadecimal.encode(HMACSHA256.code(of: [], key: []))
    #expect(code == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
  }

  @Test("A code is valid whole and unchanged, and not otherwise")
  func validity() {
    let key: [UInt8] = [1, 2, 3]
    let code = HMACSHA256.code(of: [9], key: key)
    #expect(HMACSHA256.isValid(code, for: [9], key: key))
    #expect(!HMACSHA256.isValid(code, for: [8], key: key))
    #expect(!HMACSHA256.isValid(code, for: [9], key: [1, 2]))
    #expect(!HMACSHA256.isValid(Array(code.dropLast()), for: [9], key: key))
    #expect(!HMACSHA256.isValid([], for: [9], key: key))
  }

  @Test("Secrets are equal when every byte is")
  func equality() {
    #expect(constantTimeEqual([], []))
    #expect(constantTimeEqual([1, 2], [1, 2]))
    #expect(!constantTimeEqual([1, 2], [1, 3]))
    #expect(!constantTimeEqual([1, 2], [1, 2, 3]))
  }
}
