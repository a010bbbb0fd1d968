import CryptographyKit
import Testing

@Suite("Base64 and hexadecimal")
struct Base64Tests {
  @Test(
    "Agrees with RFC 4648 §10",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func vectors(text: String, encoded: String) throws {
    let bytes = Array(text.utf8)
    #expect(Base64.encode(bytes) == encoded)
    #expect(try Base64.decode(encoded) == bytes)
    let unpadded = String(encoded.prefix { $0 != "=" })
    #expect(Base64URL.encode(bytes) == unpadded)
    #expect(try Base64URL.decode(unpadded) == bytes)
  }

  @Test("The alphabets differ in their last two characters")
  func alphabets() throws {
    #expect(Base64.encode([0xFB, 0xFF]) == "+/8=")
    #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
    #expect(throws: CryptographyError.self) { try Base64.decode("-_8=") }
    #expect(throws: CryptographyError.self) { try Base64URL.decode("+/8") }
  }

  @Test(
    "Refuses every second way to write the same bytes",
    arguments: [
      "Zg", "Zg=", "Zg===", "Z===", "====", "=", "Zh==", "Zm9=", "Zg==Zg==", "Zm9v\n", "Zm9v ", " Zm9v", "Zm9vY===",
      "Zm\n9v", "Zm9v\u{0}", "Zg=a", "Ｚm9v",
    ])
  func strictness(text: String) {
    let error = #expect(throws: CryptographyError.self) { try Base64.decode(text) }
    #expect(error?.code == .badBase64)
  }

  @Test(
    "Base64url refuses padding, white space, an impossible length and bits left over",
    arguments: [
      "Zg==", "Zm8=", "Z", "Zm9vY", "Zh", "Zm9", "Zm 9", "Zm9v\n",
    ])
  func urlStrictness(text: String) {
    #expect(throws: CryptographyError.self) { try Base64URL.decode(text) }
  }

  @Test("White space is skipped only where the caller says so")
  func whiteSpace() throws {
    #expect(try Base64.decode(" Zm9v\r\n\tYmFy\n", whiteSpace: .skipped) == Array("foobar".utf8))
    #expect(throws: CryptographyError.self) { try Base64.decode("Zm9v\u{A0}", whiteSpace: .skipped) }
  }

  @Test("Every byte string of up to 300 bytes comes back")
  func roundTrip() throws {
    for count in 0...300 {
      let bytes = SecureRandom.bytes(count)
      #expect(try Base64.decode(Base64.encode(bytes)) == bytes)
      #expect(try Base64URL.decode(Base64URL.encode(bytes)) == bytes)
      #expect(try Hexadecimal.decode(Hexadecimal.encode(bytes)) == bytes)
    }
  }

  @Test("Hexadecimal reads both cases and refuses the rest")
  func hexadecimal() throws {
    #expect(Hexadecimal.encode([0x00, 0xAB, 0xFF]) == "00abff")
    #expect(try Hexadecimal.decode("00aBFf") == [0x00, 0xAB, 0xFF])
    for text in ["0", "0g", "0x00", " 00", "0０"] {
      let error = #expect(throws: CryptographyError.self) { try Hexadecimal.decode(text) }
      #expect(error?.code == .badHexadecimal)
    }
  }

  @Test("Random bytes have the asked number and do not repeat")
  func random() {
    #expect(SecureRandom.bytes(0).isEmpty)
    #expect(SecureRandom.bytes(33).count == 33)
    #expect(SecureRandom.bytes(16) != SecureRandom.bytes(16))
    #expect(Set((0..<1_000).map { _ in SecureRandom.word() }).count == 1_000)
  }
}
