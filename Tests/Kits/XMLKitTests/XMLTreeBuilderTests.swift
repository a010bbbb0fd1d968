import Testing
import XMLKit

@Suite("Tree builder")
struct XMLTreeBuilderTests {
  @Test("a built document has its elements, attributes, text, instructions and marks")
  func building() throws {
    var builder = XMLTreeBuilder()
    builder.open("root", mark: XMLNodeMark(offset: 0, tag: 3))
    let name = Array("tên".utf8)
    name.withUnsafeBufferPointer { builder.open(name: $0, mark: XMLNodeMark(offset: 12)) }
    try builder.attribute("loại", "a\"<&")
    try builder.text("Nguyễn ")
    try builder.text("<Văn> & An")
    builder.close()
    builder.processingInstruction("lt-empty-list", "items")
    builder.open("trống")
    builder.close()
    builder.close()
    let built = builder.finish()
    #expect(
      text(built.serialised(declaration: false))
        == "<root><tên loại=\"a&quot;&lt;&amp;\">Nguyễn &lt;Văn&gt; &amp; An</tên><?lt-empty-list items?><trống/></root>\n"
    )
    #expect(built.root?.mark == XMLNodeMark(offset: 0, tag: 3))
    #expect(built.root?.firstElement(named: "tên")?.mark.offset == 12)
    #expect(built.root?.firstElement(named: "tên")?.firstChild?.text == "Nguyễn <Văn> & An")
  }

  @Test("namespaces are declared once and inherited")
  func namespaces() throws {
    var builder = XMLTreeBuilder()
    builder.open("a", namespace: "urn:a")
    builder.open("b", namespace: "urn:a")
    builder.open("c", namespace: "urn:c", prefix: "p")
    builder.open("d", namespace: "urn:c", prefix: "p")
    builder.open("e")
    for _ in 0..<5 { builder.close() }
    let built = builder.finish()
    let expected = "<a xmlns=\"urn:a\"><b><p:c xmlns:p=\"urn:c\"><p:d><e xmlns=\"\"/></p:d></p:c></b></a>\n"
    #expect(text(built.serialised(declaration: false)) == expected)
    #expect(try document(expected).serialised() == built.serialised())
  }

  @Test(
    "a character that XML does not allow is refused by its offset",
    arguments: ["\u{0}", "\u{1}", "\u{B}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"])
  func characters(character: String) {
    var builder = XMLTreeBuilder()
    builder.open("a")
    do {
      try builder.text("được" + character)
      Issue.record("the character was taken")
    } catch {
      #expect(error.code == .characterNotAllowed)
      #expect(error.message.contains("at byte 8"))
    }
    do {
      try builder.attribute("k", character)
      Issue.record("the character was taken")
    } catch {
      #expect(error.code == .characterNotAllowed)
    }
  }

  @Test("characters at the border of what XML allows are taken")
  func allowedCharacters() throws {
    var builder = XMLTreeBuilder()
    builder.open("a")
    try builder.text("\t\n\r \u{7F}\u{D7FF}\u{E000}\u{FFFD}\u{10000}\u{10FFFF}")
    builder.close()
    let built = builder.finish()
    #expect(try XMLDocument(parsing: built.serialised()).root?.text == built.root?.text)
  }

  @Test(
    "names are NCNames",
    arguments: [
      ("a", true), ("Đơn_vị-1.2", true), ("", false), ("1a", false), ("a:b", false), ("a b", false), ("-", false),
      ("·a", false),
    ])
  func names(name: String, isName: Bool) {
    #expect(Array(name.utf8).withUnsafeBufferPointer { XMLCharacters.isName($0) } == isName)
  }

  @Test("stored names give the same document, outlive their table, and end a default namespace like others")
  func storedNames() throws {
    func built(_ names: XMLNames?) throws -> XMLDocument {
      var builder = XMLTreeBuilder(names: names)
      func open(_ name: String, in builder: inout XMLTreeBuilder) {
        if let stored = names?[name] { builder.open(stored) } else { builder.open(name) }
      }
      open("hoSo", in: &builder)
      open("ten", in: &builder)
      try builder.text("An")
      builder.close()
      builder.open("khác", namespace: "urn:d")
      open("ten", in: &builder)
      builder.close()
      builder.close()
      builder.close()
      return builder.finish()
    }
    let stored = try built(XMLNames(["hoSo", "ten"]))
    let expected = "<hoSo><ten>An</ten><khác xmlns=\"urn:d\"><ten xmlns=\"\"/></khác></hoSo>\n"
    #expect(text(stored.serialised(declaration: false)) == expected)
    #expect(text(try built(nil).serialised(declaration: false)) == expected)
    #expect(text(stored.copy().serialised(declaration: false)) == expected)
    #expect(XMLNames(["a"])["b"] == nil)
  }
}
