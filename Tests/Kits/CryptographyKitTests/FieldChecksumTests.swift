import CryptographyKit
import Testing

@Suite("A checksum over fields")
struct FieldChecksumTests {
  @Test("is the HMAC over the texts with the sign between them, as another program made it")
  func keyed() {
    let checksum = FieldChecksum(.hmacSHA256, separator: "|")
    let parts = ["0", "CL0001", "PAY", "50000", "H99.14-261120-0001", "3.0"]
    #expect(
      checksum.text(of: parts, key: "khoa-bam-1") == "699e9d9b81918be8097f69d40c4bdd53b28f56ec4475c534f6ccbb3c60d00888")
    #expect(checksum.text(of: parts, key: "khoa-bam-2") != checksum.text(of: parts, key: "khoa-bam-1"))
  }

  @Test("is the hash of the texts alone where there is no key")
  func plain() {
    let checksum = FieldChecksum(.sha256, separator: "|")
    #expect(
      checksum.text(of: ["bi-mat", "Lê Thị Ánh", "1"], key: "không xét")
        == "613885234568632d58960f449055049c65e3407eff1073f985970ebbf19a314a")
  }

  @Test("is right in large and small letters, and wrong with another order, another text or a piece of it")
  func validity() {
    let checksum = FieldChecksum(.hmacSHA256, separator: "")
    let text = checksum.text(of: ["a", "b"], key: "k")
    #expect(checksum.isValid(text, of: ["a", "b"], key: "k"))
    #expect(checksum.isValid(text.uppercased(), of: ["a", "b"], key: "k"))
    #expect(!checksum.isValid(text, of: ["b", "a"], key: "k"))
    #expect(!checksum.isValid(text, of: ["a", "b"], key: "l"))
    #expect(!checksum.isValid(String(text.dropLast()), of: ["a", "b"], key: "k"))
    #expect(!checksum.isValid("", of: ["a", "b"], key: "k"))
  }
}
