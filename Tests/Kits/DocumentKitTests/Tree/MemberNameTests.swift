import DocumentKit
import Testing

@Suite("Names of members as names of elements")
struct MemberNameTests {
  @Test(
    "a name is escaped only as far as XML needs it",
    arguments: [
      ("MaHoSo", "MaHoSo"), ("error_code", "error_code"), ("họtên", "họtên"), ("a.b-c_d", "a.b-c_d"),
      ("", "_x_"), ("1a", "_x0031_a"), ("a b", "a_x0020_b"), ("a:b", "a_x003A_b"), ("-a", "_x002D_a"),
      ("_x0041_", "_x005F_x0041_"), ("_x", "_x005F_x"), ("_X", "_X"), ("😀", "_x1F600_"), ("tên", "tên"),
      ("te\u{302}n", "te\u{302}n"), ("\u{B7}a", "_x00B7_a"), ("a\u{1F}", "a_x001F_"),
      ("\u{10FFFF}", "_x10FFFF_"),
    ])
  func escaped(name: String, element: String) {
    #expect(MemberName.escaped(name) == element)
    #expect(Array(MemberName.unescaped(element).utf8) == Array(name.utf8))
  }

  @Test(
    "what is no escape stays as it is",
    arguments: ["_x41_", "_x0041", "_xZZZZ_", "_x1234567_", "_xD800_", "_x110000_", "a_", "_"])
  func notAnEscape(name: String) {
    #expect(MemberName.unescaped(name) == name)
  }

  @Test("every name comes back, whatever scalars it is made of", arguments: 0..<20)
  func roundTrip(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<200 {
      var name = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let corners: [Unicode.Scalar] = ["_", "x", "0", "4", "1", "A", "é", ":"]
        let any = Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random)) ?? "_"
        name.append(Bool.random(using: &random) ? corners.randomElement(using: &random) ?? "_" : any)
      }
      let element = MemberName.escaped(String(name))
      #expect(MemberName.isXMLName(element), "seed \(seed)")
      #expect(Array(MemberName.unescaped(element).utf8) == Array(String(name).utf8), "seed \(seed)")
    }
  }
}
