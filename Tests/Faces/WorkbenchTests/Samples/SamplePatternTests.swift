import ServiceKit
import Testing

@testable import Workbench

@Suite("Texts from patterns")
struct SamplePatternTests {
  @Test(
    "are accepted by the pattern they were made from",
    arguments: [
      #"\S+"#, "-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+\\-][0-9]{2}:[0-9]{2})", "(a|bc)*d?", "[^a-y]{3}",
      #"\d{2}\.\w"#,
      #"\p{Lu}\p{L}*"#, "[A-Z0-9]{2,3}(\\.[A-Z]{2})?", "", #"\i\c*"#,
    ])
  func accepted(source: String) throws {
    let pattern = try SamplePattern(source, .xsd)
    var chance = SeededGenerator(seed: 5)
    for _ in 0..<100 {
      let text = try #require(pattern.text(.any, &chance))
      #expect(pattern.matches(text), "\(chance): \(text)")
    }
  }

  @Test(
    "are matched as the dialect says",
    arguments: [
      ("a", SamplePattern.Dialect.xsd, "xa", false), ("a", .ecma, "xa", true), ("^a$", .ecma, "xa", false),
      ("^a$", .xsd, "a", false), ("^a$", .xsd, "^a$", true), (#"\u0041"#, .ecma, "A", true),
      ("(?:a|b)+$", .ecma, "xab", true),
      ("(?<n>a)", .ecma, "a", true), ("a{2}", .xsd, "aaa", false), ("(a*)*b", .xsd, "aaab", true),
      ("[]a]", .ecma, "a]", false),
    ])
  func matching(source: String, dialect: SamplePattern.Dialect, text: String, isAccepted: Bool) throws {
    #expect(try SamplePattern(source, dialect).matches(text) == isAccepted)
  }

  @Test("are as short and as long as the pattern allows")
  func sizes() throws {
    let pattern = try SamplePattern("a{2,7}(bc|d)?", .xsd)
    var chance = SeededGenerator(seed: 1)
    #expect(pattern.text(.shortest, &chance) == "aa")
    #expect(pattern.text(.longest(atMost: 100), &chance) == "aaaaaaabc")
  }

  @Test(
    "are refused for constructs that are not read, by name",
    arguments: ["(?=a)", "(?<!a)b", #"(a)\1"#, #"\ba"#, #"\p{Sc}"#])
  func refused(source: String) {
    #expect(throws: SampleError.self) { try SamplePattern(source, .ecma) }
    #expect(throws: SampleError.self) { try SamplePattern("[a-z-[aeiou]]", .xsd) }
  }

  @Test("are not looked for without end")
  func costly() throws {
    let pattern = try SamplePattern("(a+)+b", .xsd)
    #expect(!pattern.matches(String(repeating: "a", count: 60)))
  }
}
