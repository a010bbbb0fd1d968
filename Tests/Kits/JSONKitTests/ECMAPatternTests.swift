import Testing

@testable import JSONKit

@Suite("Regular expressions of ECMA-262")
struct ECMAPatternTests {
  private func matches(_ pattern: String, _ text: String) throws -> Bool {
    var matcher = JSONPatternMatcher(limits: .standard)
    let pattern = try JSONPattern(pattern)
    return withExtendedLifetime(pattern) {
      Array(text.utf8).withUnsafeBufferPointer { matcher.match(pattern.code, in: $0) } == .match
    }
  }

  @Test(
    "They find what ECMA-262 finds",
    arguments: [
      ("a+", "xaay", true), ("^a*$", "aab", false), ("", "", true), ("^$", "\n", false), ("^a$", "a\n", false),
      ("a.c", "a\nc", false), ("a.c", "a\u{2028}c", false), ("a.c", "a😀c", true), ("^.$", "😀", true),
      ("^.{2}$", "đị", true),
      (#"^\d+$"#, "12", true), (#"^\d+$"#, "१२", false), (#"^\w+$"#, "Việt", false), (#"^\W$"#, "ệ", true),
      (#"^\s$"#, "\u{FEFF}", true), (#"^\s$"#, "\u{3000}", true), (#"^\s$"#, "\u{85}", false),
      (#"^\S$"#, "\u{85}", true),
      (#"^[\s]$"#, "\u{2003}", true), (#"^[\S]+$"#, "aệ😀", true), (#"^[^\S]$"#, " ", true), (#"^[\S]$"#, "\t", false),
      (#"^\p{Letter}+$"#, "Nguyễn", true), (#"^\p{L}+$"#, "A1", false), (#"^\P{Lu}$"#, "a", true),
      (#"^\p{Script=Latin}+$"#, "Đặng", true), (#"^\p{General_Category=Decimal_Number}$"#, "٣", true),
      (#"^[\p{L}\s]+$"#, "Trần Văn", true), (#"^\u0041\x42\u{1F600}\uD83D\uDE00$"#, "AB😀😀", true),
      (#"^\cJ\t\v\f\r\0$"#, "\n\t\u{B}\u{C}\r\0", true), (#"^[\b]$"#, "\u{8}", true), (#"^a-b\-c$"#, "a-b-c", true),
      ("[]", "a", false), ("^[^]$", "\n", true), ("^[[:alph]$", ":", true), ("^[a-]$", "-", true),
      ("^[-a]$", "-", true),
      (#"^[+--]$"#, ",", true), ("^(a)(?:b)(?<tên>c)\\k<tên>\\1$", "abcca", true), (#"^(?:(a)|b)\1$"#, "b", true),
      ("^(?=a)a(?!b)", "ac", true), ("(?<=a)b", "ab", true), ("(?<!a)b", "ab", false), ("^a{2}$", "aa", true),
      ("^a{2,}?$", "aaa", true), ("^a{1,2}$", "aaa", false), (#"\bb"#, "a b", true),
      (#"^H29\.\d{3}-\d{6}$"#, "H29.110-250919", true),
      (#"^\/\"\_\@$"#, "/\"_@", true), ("^(a|b)*c|d$", "d", true),
    ] as [(String, String, Bool)])
  func finds(pattern: String, text: String, expected: Bool) throws {
    #expect(try matches(pattern, text) == expected)
  }

  @Test(
    "What ECMA-262 does not know is refused, whatever PCRE2 makes of it",
    arguments: [
      "(", ")", "a)", "[a", "*a", "a**", "a*+", "a++", "a{2}{3}", "^*", "(*)", "|*", "{1}", "a{1", "a{,2}", "a{2,1}",
      "a{65536}",
      "]", "}", #"\"#, #"\a"#, #"\Z"#, #"\A"#, #"\Q\E"#, #"\K"#, #"\R"#, #"\X"#, #"\C"#, #"\G"#, #"\h"#, #"\e"#,
      #"\01"#, #"\x4"#,
      #"\u12"#, #"\u{110000}"#, #"\u{}"#, #"\uD800"#, #"\uDC00"#, #"\uD800A"#, #"\c1"#, #"\p{"#, #"\p"#, #"\p{^Lu}"#,
      #"\p{Nope}"#,
      "(?i)a", "(?i:a)", "(?>a)", "(?|a)", "(?R)", "(?1)", "(?P<n>a)", "(?#c)", "(?C1)", "(?(1)a)", "(?&n)", "(*FAIL)",
      "(?<1a>b)", "(?<a", #"\k<a>"#, #"\ka"#, #"\2(a)"#, "[b-a]", "[[:alpha:]]", #"[\d-x]"#, #"[a-\d]"#, #"[\q]"#,
      "(?<=a*)b",
    ])
  func refuses(pattern: String) {
    #expect(throws: ECMAPattern.Fault.self) { try JSONPattern(pattern) }
  }

  @Test("A refusal says what is wrong and at which character")
  func explains() {
    #expect(throws: ECMAPattern.Fault(reason: "a quantifier cannot follow another", index: 5)) {
      try JSONPattern("ệabc**")
    }
  }
}
