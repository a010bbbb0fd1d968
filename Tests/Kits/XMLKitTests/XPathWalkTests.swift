import Testing
import XMLKit

/// What is walked must give what libxml2's evaluator gives, at every node and in every form.
@Suite("Conditions and texts found by walking, against libxml2")
struct XPathWalkTests {
  private static let namespaces = ["p": "urn:p"]

  @Test(
    "is walked",
    arguments: [
      "a[b = 'x']/c", "a[not(b)]", "a[b][@k]", "not(a)", "boolean(a)", "a and not(b)", "a = 'x' or b = 'y'",
      "normalize-space(a)", "normalize-space(a) != ''", "string(a)", "a[. = 'x']", "a[string-length(.) = 10]",
      "starts-with(a, 'G22.')", "contains(@k, 'x')", "count(a) > 1", "3 < b", "'x' = a", "number(a) = 1",
      "a[not(b = floor(b) and b >= 0 and b <= 2147483647)]", "/a/b[@k = 'x']", "string-length(a) = 3",
      "normalize-space(a) = normalize-space(b)", "floor(a) = floor(b)", "a = normalize-space(b)",
      "self::a", "self::a[b and @k]", "self::p:a/b", "./a", "a | b", "a/b | c/@k", "(a | b/c)[last()]", "(a)[1]",
      "(a | b)[1] = 'x'", "a[b | c]", "a[self::a]", "count(a | b) > 1", "normalize-space((a | b)[last()])",
      "a[1]", "a[last()]/b", "a[b][2]/@k", "a[b[last()] = 'x'][1]", "count(a[3]) = 1", "concat(a, '/', b)",
      "concat(string(a), substring('.', 1, count(b)))", "substring(a, 2)", "substring(a, 1, 8)",
      "substring(a, string-length(b), number(@k))", "substring-before(a, '-')", "substring-after(a, b)",
      "translate(a, 'TF', 'tf')", "translate(normalize-space(a), '-', '')", "concat(a, b) = 'xy'",
    ])
  func walked(source: String) throws {
    #expect(try XPathExpression(source, namespaces: Self.namespaces).isWalked)
    #expect(try !XPathExpression(source, namespaces: Self.namespaces, isWalked: false).isWalked)
  }

  @Test(
    "is left to libxml2",
    arguments: [
      "a[1][b]", "a[last()][1]", "a/@k[1]", "self::a[1]", "a[1.5]", "a[count(b)]", "a | b/..", "(a | b)[2]",
      "(a | b)[last()][1]", "(a | b)/c", "a//b", "../a",
      "*", "text()", "a = b", "a = true()", "1.5 = a",
      "a = 1.5", "9999999999999999 = a", "a[/b/c = 'x']", "count(a)", "1", "'x'", "concat(a, 1)", "concat(a)",
      "substring(a, 1.5)", "translate(a, b, 'x')",
      "substring(1, 1)", "substring-before(a, 1)",
      "a[position() = 1]", "string()", "-a = 1", "a + 1 = 2", "self::*", "self::node()[a]", "a/self::a", "/self::a",
      "a/@k/b", "string(a = 'x')",
      "starts-with(1, 'x')", "normalize-space(not(a))", "$v", "a[$v]",
    ])
  func left(source: String) throws {
    #expect(try !XPathExpression(source, namespaces: Self.namespaces).isWalked)
  }

  @Test("random expressions give the same at every node of random documents", arguments: 0..<24)
  func agreement(seed: UInt64) throws {
    var maker = WalkPhrases(seed: seed)
    var walked = 0
    for _ in 0..<12 {
      let text = maker.document()
      let places = try XPathExpression("//. | //@*").nodes(at: document(text).documentNode)
      for _ in 0..<20 {
        let source = maker.expression()
        let plain = try XPathExpression(source, namespaces: Self.namespaces)
        guard plain.isWalked else { continue }
        walked += 1
        let evaluated = try XPathExpression(source, namespaces: Self.namespaces, isWalked: false)
        for place in places {
          let label = Comment(rawValue: "seed \(seed): \(source) at \(place.path) of \(text)")
          #expect(try plain.boolean(at: place) == evaluated.boolean(at: place), label)
          #expect(try plain.string(at: place) == evaluated.string(at: place), label)
          #expect(try plain.number(at: place).bitPattern == evaluated.number(at: place).bitPattern, label)
          switch try (plain.evaluate(at: place), evaluated.evaluate(at: place)) {
          case (.nodes(let left), .nodes(let right)): #expect(left == right, label)
          case (.string(let left), .string(let right)): #expect(left == right, label)
          case (.boolean(let left), .boolean(let right)): #expect(left == right, label)
          default: Issue.record(label)
          }
        }
      }
    }
    #expect(walked > 100, "too few expressions were walked: \(walked)")
  }
}

/// Makes expressions that are mostly walked, and documents in which they are sometimes true.
private struct WalkPhrases {
  private var random: PhraseRandom

  init(seed: UInt64) { random = PhraseRandom(state: seed) }

  private static let names = ["a", "b", "p:a", "c"]
  private static let texts = [
    "", "x", " x ", "x  y", "\n x\ty ", "0", "1", "01", "12", "-3", "3.5", " 7 ", "-0", "1e3", "đơn", "xy",
    "2147483648", "1234567890123456789", "0.1", ".",
  ]

  mutating func expression() -> String { chance(3) ? value(2) : condition(3) }

  private mutating func condition(_ depth: Int) -> String {
    guard depth > 0 else { return path(0) }
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return "not(\(condition(depth - 1)))"
    case 1: return "(\(condition(depth - 1)) and \(condition(depth - 1)))"
    case 2: return "(\(condition(depth - 1)) or \(condition(depth - 1)))"
    case 3: return "boolean(\(condition(depth - 1)))"
    case 4: return "\(pick(["starts-with", "contains"]))(\(value(depth - 1)), \(value(depth - 1)))"
    case 5: return path(depth - 1)
    default:
      return "\(value(depth - 1)) \(pick(["=", "!=", "<", "<=", ">", ">="])) \(value(depth - 1))"
    }
  }

  private mutating func value(_ depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 17 : 7), using: &random) {
    case 0...3: path(depth - 1)
    case 4: "'\(pick(Self.texts.filter { !$0.contains("\n") }))'"
    case 5: pick(["0", "1", "12", "3", "2147483648", "007"])
    case 6: "."
    case 7: "floor(\(value(depth - 1)))"
    case 8: "number(\(value(depth - 1)))"
    case 9: "normalize-space(\(value(depth - 1)))"
    case 10: "string-length(\(value(depth - 1)))"
    case 11: "concat(\(value(depth - 1)), \(value(depth - 1)), '/')"
    case 12: "substring(\(value(depth - 1)), \(value(depth - 1)))"
    case 13: "substring(\(value(depth - 1)), \(value(depth - 1)), \(value(depth - 1)))"
    case 14: "\(pick(["substring-before", "substring-after"]))(\(value(depth - 1)), \(value(depth - 1)))"
    case 15: "translate(\(value(depth - 1)), '\(pick(["x y", "xđ", "13x1", ""]))', '\(pick(["", "ơ", "ab", "xyzđ"]))')"
    default: pick(["count(\(path(depth - 1)))", "string(\(value(depth - 1)))"])
    }
  }

  private mutating func path(_ depth: Int) -> String {
    guard depth > 0, chance(6) else { return plainPath(depth) }
    let union = "\(path(depth - 1)) | \(path(depth - 1))"
    return chance(2) ? "(\(union))" + pick(["[1]", "[last()]", ""]) : "(\(plainPath(depth - 1)))[last()]"
  }

  private mutating func plainPath(_ depth: Int) -> String {
    if chance(8) { return "self::\(pick(Self.names))" + (depth > 0 ? "[\(condition(depth - 1))]/b" : "") }
    var steps: [String] = []
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      let place = chance(5) ? pick(["[1]", "[2]", "[last()]", "[0]"]) : ""
      steps.append(pick(Self.names) + (depth > 0 && chance(3) ? "[\(condition(depth - 1))]" : "") + place)
    }
    if chance(5) { steps.append("@" + pick(["k", "p:k"]) + (depth > 0 && chance(4) ? "[\(condition(0))]" : "")) }
    return (chance(8) ? "/" : "") + steps.joined(separator: "/")
  }

  mutating func document() -> String { "<a xmlns:p='urn:p'>\(content(0))</a>" }

  private mutating func content(_ depth: Int) -> String {
    guard depth < 3, !chance(3) else {
      return pick(Self.texts) + (chance(8) ? "<!--c-->" + pick(Self.texts) : "")
    }
    var text = ""
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let name = pick(Self.names)
      let attribute = chance(3) ? " \(pick(["k", "p:k"]))='\(pick(Self.texts.filter { !$0.contains("\n") }))'" : ""
      text += "<\(name)\(attribute)>\(content(depth + 1))</\(name)>"
    }
    return text
  }

  private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }
  private mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &random) == 0 }
}
