import Testing
import XMLKit

@Suite("Marks and positions")
struct XMLNodeMarkTests {
  @Test("a mark is packed without loss")
  func packing() throws {
    let node = try #require(try document("<a/>").root)
    for offset in [-1, 0, 1, 255, 256, 16 << 20, 1 << 50] {
      for tag in [UInt8(0), 1, 255] {
        node.mark = XMLNodeMark(offset: offset, tag: tag)
        #expect(node.mark == XMLNodeMark(offset: offset, tag: tag))
      }
    }
  }

  @Test("the offset of every element is that of its '<', in documents far larger than the parser's buffer")
  func offsets() throws {
    // Values with '>' and '/', references, CDATA and comments with tags in them, and attributes of growing length.
    var source = "<?xml version='1.0'?>\n<!-- <no/> -->\n<gốc>"
    for index in 0..<2_000 {
      let filler = String(repeating: "ă>/", count: index % 97)
      source +=
        "<e\(index) a='\(filler)' b=\"&lt;&#60;'\"\n\t>\(filler)<![CDATA[<x>]]><!--<y>--><l\(index)/></e\(index)>\n"
    }
    source += "</gốc>"
    let bytes = Array(source.utf8)
    let parsed = try XMLDocument(parsing: bytes)
    var checked = 0
    func check(_ node: XMLNode) {
      let tag = Array("<\(node.name)".utf8)
      let offset = node.mark.offset
      #expect(offset >= 0 && bytes[offset...].starts(with: tag), "\(node.path)")
      checked += 1
      node.elements.forEach(check)
    }
    check(try #require(parsed.root))
    #expect(checked == 4_001)
  }

  @Test("offsets stay right across tags longer than the parser's buffer")
  func longTags() throws {
    let long = String(repeating: "x", count: 300_000)
    let bytes = Array("<a><b k='\(long)'/>\(long)<c k='\(long)'><d/></c></a>".utf8)
    let parsed = try XMLDocument(parsing: bytes)
    let offsets = try #require(parsed.root).elements.map(\.mark.offset)
    #expect(offsets == [3, 3 + 6 + 300_000 + 3 + 300_000])
    #expect(offsets.allSatisfy { bytes[$0] == UInt8(ascii: "<") })
  }

  @Test("lines end with LF, CR LF or CR, and a column counts characters")
  func positions() throws {
    let parsed = try document("<a>\r\n\t<b/>\r ấ<c/>\n𝄞<d/></a>")
    let places = try #require(parsed.root).elements.map { $0.position.map { [$0.line, $0.column] } ?? [] }
    #expect(places == [[2, 2], [3, 3], [4, 2]])
    #expect(parsed.position(ofOffset: -1) == nil)
    #expect(parsed.position(ofOffset: parsed.root.map { _ in 1_000 } ?? 0) == nil)
  }

  @Test("attributes and text are placed at their element")
  func nearest() throws {
    let parsed = try document("<a>\n<b k='1'>t</b></a>")
    let b = try #require(parsed.root?.firstElement(named: "b"))
    #expect(b.attribute(named: "k")?.position.map { [$0.line, $0.column] } == [2, 1])
    #expect(b.firstChild?.position.map { [$0.line, $0.column] } == [2, 1])
  }
}
