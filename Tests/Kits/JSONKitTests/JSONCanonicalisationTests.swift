import Testing

@testable import JSONKit

@Suite("Canonical JSON (RFC 8785)")
struct JSONCanonicalisationTests {
  @Test(
    "Each published case gives the published bytes, and canonicalising twice changes nothing",
    arguments: ["arrays", "french", "structures", "unicode", "values", "weird"])
  func publishedCases(name: String) throws {
    let canonical = try TestData.document("jcs/testdata/input/\(name).json").canonicalised()
    var output = try TestData.bytes("jcs/testdata/output/\(name).json")
    while output.last == UInt8(ascii: "\n") { output.removeLast() }
    #expect(canonical == output)
    let hexadecimal = String(decoding: try TestData.bytes("jcs/testdata/outhex/\(name).txt"), as: UTF8.self)
    #expect(canonical == hexadecimal.split(whereSeparator: \.isWhitespace).map { UInt8($0, radix: 16) })
    #expect(try JSONDocument(parsing: canonical).canonicalised() == canonical)
  }

  @Test("No published case is left out")
  func allCasesRun() throws {
    #expect(try TestData.names(in: "jcs/testdata/input").count == 6)
  }

  @Test(
    "Doubles print as in appendix B",
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
      (0x8000_0000_0000_0001, "-5e-324"), (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
      (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
      (0xc340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"), (0x44b5_2d02_c7e1_4af6, "1e+23"),
      (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"), (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
      (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"), (0x444b_1ae4_d6e2_ef50, "1e+21"),
      (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"), (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
      (0x41b3_de43_5555_5553, "333333333.3333332"), (0x41b3_de43_5555_5554, "333333333.33333325"),
      (0x41b3_de43_5555_5555, "333333333.3333333"), (0x41b3_de43_5555_5556, "333333333.3333334"),
      (0x41b3_de43_5555_5557, "333333333.33333343"), (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
      (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ] as [(UInt64, String)])
  func appendixB(bits: UInt64, expected: String) {
    #expect(ECMAScriptNumber.text(of: Double(bitPattern: bits)) == expected)
  }

  @Test(
    "A number that no double holds is refused at its place",
    arguments: ["1e309", "-1e400", "9007199254740993", "12345678901234567890"])
  func refusesNumbers(number: String) throws {
    let document = try JSONDocument(parsing: "[0,\n \(number)]")
    do throws(JSONError) {
      _ = try document.canonicalised()
      Issue.record("accepted \(number)")
    } catch {
      #expect(error.code == .numberNotCanonical)
      #expect(error.line == 2 && error.column == 2 && error.offset == 5)
    }
  }

  @Test(
    "Numbers a double holds pass, however they are written",
    arguments: [("9007199254740992", "9007199254740992"), ("-0", "0"), ("1.0", "1"), ("1E2", "100"), ("0.10", "0.1")])
  func acceptsNumbers(number: String, expected: String) throws {
    #expect(try JSONDocument(parsing: number).canonicalised() == Array(expected.utf8))
  }

  @Test("Names beyond U+FFFF come before those from U+E000, as their UTF-16 code units do")
  func sortsByCodeUnits() throws {
    let names = ["", "a", "ab", "b", "\u{E9}", "\u{D7FF}", "\u{1F600}", "\u{10FFFF}", "\u{E000}", "\u{FFFF}"]
    let source = "{" + names.reversed().map { "\"\($0)\":0" }.joined(separator: ",") + "}"
    let expected = "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
    #expect(try JSONDocument(parsing: source).canonicalised() == Array(expected.utf8))
  }

  @Test("A text as deep as its limit is written without a deep stack")
  func deep() throws {
    let text = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    let document = try JSONDocument(parsing: text, limits: JSONLimits(depth: 100_000))
    #expect(try document.canonicalised() == document.bytes)
    #expect(document.serialised() == document.bytes)
  }
}
