import DocumentKit
import Testing
import XMLKit

@testable import Translation

@Suite("Plain paths without the XPath engine")
struct PlainPathTests {
  private static let namespaces = ["p": "urn:p", "q": "urn:q"]

  @Test(
    "plain child steps and attributes are recognised",
    arguments: [".", "a", "a/b", "a/b/@c", "@c", "p:a/q:b", "p:a/@q:c", "div", "and/or", "a-b.c_d", "_x0031_a"])
  func plain(text: String) throws {
    #expect(PlainPath(text, namespaces: Self.namespaces) != nil)
    _ = try XPathExpression(text, namespaces: Self.namespaces)
  }

  @Test(
    "everything else is left to the engine",
    arguments: [
      "", "/", "/a", "a/", "a//b", "..", "./a", "a/.", "*", "a[1]", "a|b", "'a'", "1", "a b", " a", "a ", "text()",
      "r:a",
      "a/@b/c", "@", "p:*", "a::b", "-a", "a/text()", "$a", "p:a:b", "tên",
    ])
  func notPlain(text: String) {
    #expect(PlainPath(text, namespaces: Self.namespaces) == nil)
  }

  @Test("both ways give the same nodes, text and truth for random documents and paths", arguments: 0..<40)
  func agreement(seed: UInt64) throws {
    var random = TestRandom(seed: seed)
    for _ in 0..<25 {
      let document = try XMLDocument(parsing: Array(Self.document(&random).utf8))
      let root = try #require(document.root)
      for _ in 0..<10 {
        let text = Self.path(&random)
        let plain = try #require(PlainPath(text, namespaces: Self.namespaces))
        let engine = try XPathExpression(text, namespaces: Self.namespaces)
        let label = Comment(rawValue: "seed \(seed), path \(text)")
        #expect(try plain.nodes(at: root) == engine.nodes(at: root), label)
        let first = plain.firstNode(at: root)
        #expect(try (first?.text ?? "") == engine.string(at: root), label)
        #expect(try (first != nil) == engine.boolean(at: root), label)
      }
    }
  }

  private static let names = ["a", "b", "p:a", "q:a", "q:b"]

  private static func path(_ random: inout TestRandom) -> String {
    var steps: [String] = []
    for _ in 0..<Int.random(in: 0...3, using: &random) { steps.append(names.randomElement(using: &random) ?? "a") }
    if Int.random(in: 0..<4, using: &random) == 0 { steps.append("@" + (names.randomElement(using: &random) ?? "a")) }
    return steps.isEmpty ? "." : steps.joined(separator: "/")
  }

  private static func document(_ random: inout TestRandom) -> String {
    "<root xmlns:p='urn:p' xmlns:q='urn:q'>\(content(&random, depth: 0))</root>"
  }

  private static func content(_ random: inout TestRandom, depth: Int) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      switch Int.random(in: 0..<(depth < 4 ? 8 : 4), using: &random) {
      case 0: text += "<!-- a -->"
      case 1: text += "<?a b?>"
      case 2: text += "<![CDATA[<]]>"
      case 3: text += " t\(Int.random(in: 0..<9, using: &random)) "
      default:
        let name = names.randomElement(using: &random) ?? "a"
        // The same names in other spellings of their namespaces.
        let declaration = Int.random(in: 0..<4, using: &random) == 0 ? " xmlns='urn:q'" : ""
        let attribute = Bool.random(using: &random) ? " \(names.randomElement(using: &random) ?? "a")='v'" : ""
        text += "<\(name)\(declaration)\(attribute)>\(content(&random, depth: depth + 1))</\(name)>"
      }
    }
    return text
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct TestRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
