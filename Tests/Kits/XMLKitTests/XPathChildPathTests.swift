import Testing
import XMLKit

@Suite("Plain paths")
struct XPathChildPathTests {
  private static let source = """
    <a xmlns:p="urn:p" k="1" p:k="2"><b k="3">x<c>y</c></b><p:b k="4"><c>z</c><p:c p:k="5">t<d/></p:c></p:b><b/>
    <b xmlns="urn:d" k="6"><c k="7">u</c><c xmlns="" k="8">v</c></b><div><or>w</or></div><Đơn số="9">ă</Đơn></a>
    """

  @Test(
    "a path of names yields at every node what libxml2's evaluator yields",
    arguments: [
      "a", "b", "c", "p:b", "p:b/p:c", "p:b/c", "b/c", "a/b/c", "/a", "/a/b", "/a/b/c", "/a/p:b/c", "d:b", "d:b/d:c",
      "d:b/c", "@k", "@p:k", "b/@k", "/a/@k", "/a/@p:k", "/a/b/@k", "p:b/p:c/@p:k", "d:b/d:c/@k", "d:b/c/@k", ".",
      "div",
      "div/or", "or", "Đơn", "Đơn/@số", "/b", "none/none", "@none", "/a/p:b/p:c/d", "@d:k",
    ])
  func sameAsEvaluator(path: String) throws {
    let namespaces = ["p": "urn:p", "d": "urn:d"]
    let plain = try XPathExpression(path, namespaces: namespaces)
    let evaluated = try XPathExpression(path, namespaces: namespaces, isWalked: false)
    let document = try document(Self.source)
    let places = try XPathExpression("//. | //@*").nodes(at: document.documentNode)
    #expect(places.count > 30)
    for place in places {
      #expect(try plain.nodes(at: place) == evaluated.nodes(at: place), "at \(place.path)")
      #expect(try plain.string(at: place) == evaluated.string(at: place), "at \(place.path)")
      #expect(try plain.boolean(at: place) == evaluated.boolean(at: place), "at \(place.path)")
      #expect(try plain.evaluate(at: place).string == evaluated.evaluate(at: place).string, "at \(place.path)")
      let numbers = try (plain.number(at: place), evaluated.number(at: place))
      #expect(numbers.0 == numbers.1 || (numbers.0.isNaN && numbers.1.isNaN), "at \(place.path)")
    }
  }

  @Test("built documents are walked like parsed ones")
  func built() throws {
    var builder = XMLTreeBuilder()
    builder.open("a", namespace: "urn:d")
    builder.open("b")
    try builder.text("ngắn")
    try builder.text(" và thêm nữa cho dài")
    builder.close()
    builder.close()
    let built = builder.finish()
    #expect(
      try XPathExpression("/x:a/b", namespaces: ["x": "urn:d"]).string(at: built.documentNode)
        == "ngắn và thêm nữa cho dài")
    #expect(
      try XPathExpression("/x:a/b", namespaces: ["x": "urn:d"], isWalked: false).string(at: built.documentNode)
        == "ngắn và thêm nữa cho dài")
    #expect(text(built.copy().serialised()) == text(built.serialised()))
  }

  @Test("walking and evaluating agree on random paths in random documents", arguments: 0..<40)
  func agreement(seed: UInt64) throws {
    var random = PhraseRandom(state: seed)
    for _ in 0..<25 {
      let root = try #require(try document(Self.randomDocument(&random)).root)
      for _ in 0..<10 {
        let path = Self.randomPath(&random)
        let walked = try XPathExpression(path, namespaces: Self.randomNamespaces)
        let evaluated = try XPathExpression(path, namespaces: Self.randomNamespaces, isWalked: false)
        let label = Comment(rawValue: "seed \(seed), path \(path)")
        #expect(walked.isPath && !evaluated.isWalked, label)
        #expect(try walked.nodes(at: root) == evaluated.nodes(at: root), label)
        let text = try evaluated.string(at: root)
        #expect(try walked.string(at: root) == text, label)
        var lent = ""
        let isLent = walked.withFirstText(at: root) { lent = String(decoding: $0, as: UTF8.self) }
        #expect(lent == text && isLent == !text.isEmpty, label)
        #expect(try walked.boolean(at: root) == evaluated.boolean(at: root), label)
      }
    }
  }

  private static let randomNamespaces = ["p": "urn:p", "q": "urn:q"]
  private static let names = ["a", "b", "p:a", "q:a", "q:b"]

  private static func randomPath(_ random: inout PhraseRandom) -> String {
    var steps: [String] = []
    for _ in 0..<Int.random(in: 0...3, using: &random) { steps.append(names.randomElement(using: &random) ?? "a") }
    if Int.random(in: 0..<4, using: &random) == 0 { steps.append("@" + (names.randomElement(using: &random) ?? "a")) }
    return steps.isEmpty ? "." : steps.joined(separator: "/")
  }

  private static func randomDocument(_ random: inout PhraseRandom) -> String {
    "<root xmlns:p='urn:p' xmlns:q='urn:q'>\(content(&random, depth: 0))</root>"
  }

  private static func content(_ random: inout PhraseRandom, depth: Int) -> String {
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
