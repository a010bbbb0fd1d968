import CryptographyKit
import Testing

@Suite("Password hashes")
struct PasswordHashTests {
  @Test("PBKDF2-HMAC-SHA-256 agrees with RFC 7914 §11")
  func vectors() {
    let once = PBKDF2.derive(password: "passwd", salt: Array("salt".utf8), iterations: 1, byteCount: 64)
    #expect(
      Hexadecimal.encode(once) == "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
        + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783")
    let often = PBKDF2.derive(password: "Password", salt: Array("NaCl".utf8), iterations: 80_000, byteCount: 64)
    #expect(
      Hexadecimal.encode(often) == "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
        + "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d")
  }

  @Test("A password is recognised after its hash was written down and read again; another is not")
  func roundTrip() throws {
    let hash = try PasswordHash(password: "Mật khẩu 2026", iterations: 100_000)
    #expect(hash.text.hasPrefix("pbkdf2-sha256$100000$"))
    let read = try PasswordHash(parsing: hash.text)
    #expect(read == hash)
    #expect(read.isMatched(by: "Mật khẩu 2026"))
    #expect(!read.isMatched(by: "Mật khẩu 2025"))
    #expect(!read.isMatched(by: ""))
    #expect(try PasswordHash(password: "x", iterations: 100_000) != PasswordHash(password: "x", iterations: 100_000))
  }

  @Test("A hash made elsewhere is understood")
  func foreign() throws {
    let salt = "c2FsdHNhbHQ"
    let hash = Base64URL.encode(
      PBKDF2.derive(password: "p", salt: Array("saltsalt".utf8), iterations: 100_000, byteCount: 32))
    #expect(try PasswordHash(parsing: "pbkdf2-sha256$100000$\(salt)$\(hash)").isMatched(by: "p"))
  }

  @Test("The number of iterations has a lower and an upper limit")
  func iterationLimits() throws {
    func text(_ iterations: String) -> String {
      "pbkdf2-sha256$\(iterations)$c2FsdHNhbHQ$" + Base64URL.encode([UInt8](repeating: 1, count: 32))
    }
    #expect(try PasswordHash(parsing: text("100000")).iterations == 100_000)
    #expect(try PasswordHash(parsing: text("10000000")).iterations == 10_000_000)
    for refused in ["99999", "10000001", "-1", "+100000", "", "1e5", "99999999999999999999"] {
      #expect(throws: CryptographyError.self) { try PasswordHash(parsing: text(refused)) }
    }
    #expect(throws: CryptographyError.self) { try PasswordHash(password: "x", iterations: 99_999) }
  }

  @Test(
    "A text of another form is refused and not repeated",
    arguments: ["", "hunter2", "md5$100000$c2FsdHNhbHQ$AAAA", "pbkdf2-sha256$100000$c2FsdHNhbHQ", "$$$", "a$b$c$d$e"])
  func malformed(text: String) {
    let error = #expect(throws: CryptographyError.self) { try PasswordHash(parsing: text) }
    #expect(error?.code == .badPasswordHash)
    #expect(error?.description.contains("hunter2") == false)
  }

  @Test("Neither printing nor dumping a hash shows it")
  func printing() throws {
    let hash = try PasswordHash(password: "x", iterations: 100_000)
    var dumped = ""
    dump(hash, to: &dumped)
    for text in ["\(hash)", String(reflecting: hash), dumped] {
      #expect(!text.contains("$"))
      #expect(!text.contains("salt"))
    }
  }
}
