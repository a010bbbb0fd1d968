import CryptographyKit
import DocumentKit
import JSONKit
import Reception
import ServiceKit
import Testing

@Suite("A callback that proves itself by a checksum")
struct CallbackChecksumTests {
  private static let text = """
    callbacks:
      key: { checksum: { member: sum, algorithm: hmacSHA256, of: ["{fields.amount}", "{fields.id}", "PAY"], between: "|" } }
      paths: { paid: ho-so }
      answers:
        accepted: { status: 200 }
        refused: { status: 200 }
        unauthenticated: { status: 401 }
        unavailable: { status: 503 }
    """

  private func checksum(_ text: String = Self.text) throws -> CallbackChecksum {
    let reader = ConfigurationReader(try YAMLDocument(parsing: text, file: "thu.yaml"))
    let profile = CallbackProfile(reading: reader.root, profile: "thu", formats: ["ho-so": .json])
    try reader.finish()
    guard case .checksum(let checksum)? = profile?.key else { throw Missing() }
    return checksum
  }

  private struct Missing: Error {}

  private func body(_ amount: String, _ id: String, _ sum: String) throws -> JSONValue {
    try JSONDocument(parsing: #"{"id": "\#(id)", "amount": \#(amount), "sum": "\#(sum)"}"#).root
  }

  @Test("the checksum of these fields in this order with this secret is taken, numbers as they are written")
  func right() throws {
    let sum = Hexadecimal.encode(HMACSHA256.code(of: Array("50000|H1|PAY".utf8), key: Array("khoa".utf8)))
    let checksum = try checksum()
    #expect(checksum.isValid(in: try body("50000", "H1", sum), secret: "khoa"))
    #expect(checksum.isValid(in: try body("\"50000\"", "H1", sum.uppercased()), secret: "khoa"))
  }

  @Test("another amount, another dossier, another secret, no checksum and no object are not")
  func wrong() throws {
    let sum = Hexadecimal.encode(HMACSHA256.code(of: Array("50000|H1|PAY".utf8), key: Array("khoa".utf8)))
    let checksum = try checksum()
    #expect(!checksum.isValid(in: try body("50001", "H1", sum), secret: "khoa"))
    #expect(!checksum.isValid(in: try body("50000", "H2", sum), secret: "khoa"))
    #expect(!checksum.isValid(in: try body("50000", "H1", sum), secret: "khoa-khac"))
    #expect(!checksum.isValid(in: try body("50000", "H1", ""), secret: "khoa"))
    #expect(!checksum.isValid(in: try JSONDocument(parsing: "[]").root, secret: "khoa"))
    #expect(!checksum.isValid(in: nil, secret: "khoa"))
  }

  @Test(
    "a checksum that anybody could make is refused when the profile is read",
    arguments: [
      ("algorithm: hmacSHA256", "algorithm: sha256", "no secret in it"),
      (#"["{fields.amount}", "{fields.id}", "PAY"]"#, "[PAY]", "over fields"),
      ("{ checksum: {", "{ header: X, checksum: {", "one place"), ("member: sum, ", "", "member"),
    ])
  func mistakes(old: String, new: String, says: String) throws {
    #expect {
      _ = try checksum(Self.text.replacing(old, with: new))
    } throws: { "\($0)".contains(says) }
  }
}
