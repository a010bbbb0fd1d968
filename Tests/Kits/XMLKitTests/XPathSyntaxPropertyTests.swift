import Testing
import XMLKit

/// libxml2 is the engine that evaluates, so what it compiles and what is taken apart here must be the same texts.
@Suite("XPath expressions taken apart, against libxml2")
struct XPathSyntaxPropertyTests {
  private static func compiles(_ source: String) -> Bool {
    do {
      _ = try XPathExpression(source, namespaces: XPathPhrases.namespaces)
      return true
    } catch {
      // A name that nobody declared is no mistake of the grammar.
      return error.message.contains("does not exist") || error.message.contains("is not declared")
    }
  }

  private static func parses(_ source: String) -> Bool { (try? XPathSyntax(source)) != nil }

  @Test(
    "what libxml2 lets pass though it is no XPath 1.0 is refused here",
    arguments: ["count(", "concat(a,", "(a)///b", "///b", "// //b", "/ /a", "a |", "1e3"])
  func deviations(source: String) {
    #expect(Self.compiles(source) && !Self.parses(source))
    #expect(XPathPhrases.isKnownDeviation(source) || source == "1e3")
  }

  @Test("every expression that the grammar makes is read by both", arguments: [1, 2, 3, 4] as [UInt64])
  func made(seed: UInt64) {
    var phrases = XPathPhrases(seed: seed)
    for _ in 0..<2_000 {
      let source = phrases.expression()
      #expect(Self.parses(source) && Self.compiles(source), "seed \(seed): \(source)")
    }
  }

  @Test("an expression with a token lost, doubled, moved or strange is read by both or by neither", arguments: 1...4)
  func broken(seed: Int) {
    var phrases = XPathPhrases(seed: UInt64(seed) &+ 1_000)
    var refused = 0
    for _ in 0..<4_000 {
      let source = phrases.broken()
      guard !XPathPhrases.isKnownDeviation(source) else { continue }
      let parses = Self.parses(source)
      if !parses { refused += 1 }
      #expect(parses == Self.compiles(source), "seed \(seed): \(source)")
    }
    #expect(refused > 500, "too few of the broken expressions were broken: \(refused)")
  }
}
