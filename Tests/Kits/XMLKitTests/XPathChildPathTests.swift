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
    // Brackets make the same expression one that is left to libxml2.
    let evaluated = try XPathExpression("(\(path))", namespaces: namespaces)
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
      try XPathExpression("(/x:a/b)", namespaces: ["x": "urn:d"]).string(at: built.documentNode)
        == "ngắn và thêm nữa cho dài")
    #expect(text(built.copy().serialised()) == text(built.serialised()))
  }
}
