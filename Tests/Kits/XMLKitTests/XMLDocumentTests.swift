import Testing

@testable import XMLKit

@Suite("Documents")
struct XMLDocumentTests {
  @Test("a document comes back as it was, with its namespaces, comments, CDATA and instructions")
  func roundTrip() throws {
    let source = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- hồ sơ --><?phiên 1?><a:goi xmlns:a="urn:a" xmlns="urn:b"><HoTen loai="1">Nguyễn Thị Hạnh &amp; con</HoTen><![CDATA[<x>]]></a:goi>

      """
    #expect(
      text(try document(source).serialised())
        == source.replacing("?><a:goi", with: "?>\n<a:goi").replacing("--><?p", with: "-->\n<?p"))
  }

  @Test("the declaration can be left out and elements without text be indented")
  func layout() throws {
    let parsed = try document("<a><b><c/></b></a>")
    #expect(text(parsed.serialised(declaration: false)) == "<a><b><c/></b></a>\n")
    #expect(text(parsed.serialised(indent: true, declaration: false)) == "<a>\n  <b>\n    <c/>\n  </b>\n</a>\n")
  }

  @Test(
    "a document is written by one writer or the other with the same bytes",
    arguments: [
      "<a/>", "<a></a>", "<a b='1' c=\"x'y\"/>",
      "<a b='&quot;&lt;&gt;&amp;&#9;&#10;&#13;đ'>&lt;&gt;&amp;&#13;\"'\t\nđ😀</a>",
      "<a> <b/> x <c>y</c>z</a>", "<p:a xmlns:p='urn:p' xmlns='urn:d'><b xmlns=''><p:c p:k='1' k='2'/></b></p:a>",
      "<a xmlns='urn:&quot;q'/>", "<a xmlns:p=\"urn:&amp;x\"><p:b/></a>", "<a xml:lang='vi' xml:space='preserve'> </a>",
      "<a><![CDATA[<x>]]></a>", "<a><!-- c --><b/></a>", "<a><?p i?></a>", "<a>]]&gt;</a>",
      "<a b=''><c d=' '>  </c></a>",
      "<a><b><c><d/></c></b><b>t</b></a>", "<tên số='chín'>Nguyễn</tên>",
    ])
  func twoWriters(source: String) throws {
    let parsed = try document(source)
    for declaration in [true, false] {
      let expected = text(parsed.savedByLibrary(indent: false, declaration: declaration))
      #expect(text(parsed.serialised(declaration: declaration)) == expected)
    }
  }

  @Test("large documents and long texts are written like small ones")
  func twoWritersAtLength() throws {
    var builder = XMLTreeBuilder()
    builder.open("a", namespace: "urn:a")
    for number in 0..<3_000 {
      builder.open("b\(number % 7)", namespace: number % 2 == 0 ? "urn:a" : nil)
      try builder.attribute("k", "\(number) < \"đ\"")
      if number % 3 != 0 { try builder.text(String(repeating: "x & y \(number)\r", count: number % 50)) }
      builder.close()
    }
    try builder.text(String(repeating: "dài", count: 20_000))
    builder.close()
    let built = builder.finish()
    #expect(built.serialised() == built.savedByLibrary(indent: false, declaration: true))
  }

  @Test("nodes tell their kind, names, namespace, text and neighbours")
  func nodes() throws {
    let parsed = try document("<p:a xmlns:p='urn:p' m='1' p:n='2'>x<b>y</b><!--z--><b>w</b></p:a>")
    let root = try #require(parsed.root)
    #expect(root.kind == .element)
    #expect(root.name == "p:a" && root.localName == "a" && root.prefix == "p" && root.namespace == "urn:p")
    #expect(root.text == "xyw")
    #expect(root.children.map(\.kind) == [.text, .element, .comment, .element])
    #expect(root.elements.map(\.text) == ["y", "w"])
    #expect(root.attributes.map(\.name) == ["m", "p:n"])
    #expect(root.attribute(named: "m")?.text == "1")
    #expect(root.attribute(named: "n") == nil)
    #expect(root.attribute(named: "n", namespace: "urn:p")?.text == "2")
    #expect(root.firstElement(named: "b")?.nextSibling?.kind == .comment)
    #expect(root.firstElement(named: "b", namespace: "urn:p") == nil)
    #expect(root.firstElement(named: "b", namespace: .none)?.parent == root)
    #expect(root.parent == parsed.documentNode)
  }

  @Test("a path has a number only where siblings share the name")
  func paths() throws {
    let parsed = try document("<MSync><Att><Name/></Att><Att><Name k='1'>t</Name></Att><One/></MSync>")
    let second = try #require(parsed.root?.elements.dropFirst().first { _ in true })
    let name = try #require(second.firstElement(named: "Name"))
    #expect(name.path == "/MSync/Att[2]/Name")
    #expect(name.attribute(named: "k")?.path == "/MSync/Att[2]/Name/@k")
    #expect(name.firstChild?.path == "/MSync/Att[2]/Name/text()")
    #expect(parsed.root?.firstElement(named: "Att")?.path == "/MSync/Att[1]")
    #expect(parsed.root?.firstElement(named: "One")?.path == "/MSync/One")
    #expect(parsed.documentNode.path == "/")
  }

  @Test("a node keeps its document alive")
  func lifetime() throws {
    var node: XMLNode?
    do { node = try document("<a><b>giữ</b></a>").root?.firstElement(named: "b") }
    #expect(node?.text == "giữ")
  }

  @Test("text in several pieces is put together, text in one piece is lent in place")
  func textBytes() throws {
    let root = try #require(try document("<a><b>mot<![CDATA[hai]]></b><c>ba</c><d/></a>").root)
    #expect(root.elements.map { $0.withTextBytes { text(Array($0)) } } == ["mothai", "ba", ""])
  }

  @Test("the error of a document says line and column in characters, and no value of it")
  func errorPlace() throws {
    let error = xmlError { _ = try document("<a>\n  <tên>Nguyễn Thị Hạnh</tem>\n</a>") }
    #expect(error?.code == .notWellFormed)
    #expect(error?.line == 2)
    #expect(error?.column == 29)
    #expect(error?.message == "the end tag \"tem\" does not match the start tag \"tên\"")
    #expect(error?.description.contains("Hạnh") == false)
  }

  @Test(
    "what is not well formed is refused",
    arguments: [
      "", " ", "<a>", "<a></b>", "<a/><b/>", "<a x=1/>", "<a x='1' x='2'/>", "<a>&nbsp;</a>", "<a>&#0;</a>", "<p:a/>",
      "<a p:x='1'/>", "<a>]]></a>", "<a><!-- -- --></a>", "<a x='<'/>", "text",
      "<a xmlns:p='u' xmlns:q='u' p:x='' q:x=''/>",
      " <?xml version='1.0'?><a/>", "<a>\u{1}</a>", "<a>\u{FFFE}</a>", "<a>&#xD800;</a>",
    ])
  func malformed(source: String) {
    #expect(xmlError { _ = try document(source) }?.code == .notWellFormed)
  }

  @Test("a namespace that is a relative or unusual URI does not make a document malformed")
  func looseNamespaces() throws {
    #expect(try document("<a xmlns='msync goc'/>").root?.namespace == "msync goc")
    #expect(try document("<a xmlns='goc'/>").root?.namespace == "goc")
  }

  @Test("a copy is another document with the same content and marks")
  func copying() throws {
    let original = try document("<a><b k='1'/>t<c><d/></c></a>")
    original.root?.firstElement(named: "c")?.mark.tag = 7
    let copy = original.copy()
    original.root?.firstElement(named: "b")?.mark.tag = 9
    #expect(copy.serialised() == original.serialised())
    #expect(copy.root?.firstElement(named: "c")?.mark == XMLNodeMark(offset: 14, tag: 7))
    #expect(copy.root?.firstElement(named: "c")?.firstElement(named: "d")?.mark.offset == 17)
    #expect(copy.root?.firstElement(named: "b")?.mark.tag == 0)
  }
}
