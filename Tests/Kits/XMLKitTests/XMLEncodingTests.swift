import Testing
import XMLKit

@Suite("Encodings")
struct XMLEncodingTests {
  private let body = "<a>\n<tên>Đặng Văn Lâm 𝄞</tên><b/></a>"

  @Test("UTF-8 is read with and without byte order mark")
  func utf8() throws {
    #expect(try document("<?xml version='1.0' encoding='utf-8'?>" + body).root?.text == "\nĐặng Văn Lâm 𝄞")
    let marked = try XMLDocument(parsing: [0xEF, 0xBB, 0xBF] + Array(body.utf8))
    #expect(marked.root?.position.map { [$0.line, $0.column] } == [1, 1])
    #expect(marked.root?.mark.offset == 3)
  }

  @Test("UTF-16 with byte order mark is read, with the same lines and columns", arguments: [true, false])
  func utf16(highFirst: Bool) throws {
    let source = "\u{FEFF}<?xml version='1.0' encoding='UTF-16'?>" + body
    let bytes = source.utf16.flatMap { unit -> [UInt8] in
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return highFirst ? pair : pair.reversed()
    }
    let parsed = try XMLDocument(parsing: bytes)
    #expect(parsed.root?.text == "\nĐặng Văn Lâm 𝄞")
    #expect(parsed.root?.firstElement(named: "b")?.position.map { [$0.line, $0.column] } == [2, 26])
  }

  @Test("UTF-16 with an unpaired surrogate or half a unit is refused")
  func brokenUTF16() {
    let lone: [UInt8] = [0xFE, 0xFF, 0, 0x3C, 0, 0x61, 0, 0x3E, 0xD8, 0x00, 0, 0x3C, 0, 0x2F, 0, 0x61, 0, 0x3E]
    #expect(xmlError { _ = try XMLDocument(parsing: lone) }?.code == .notWellFormed)
    #expect(xmlError { _ = try XMLDocument(parsing: [0xFE, 0xFF, 0, 0x3C, 0]) }?.code == .notWellFormed)
  }

  @Test("ISO-8859-1 is read by its declaration")
  func latin1() throws {
    let bytes = Array("<?xml version=\"1.0\" encoding = 'ISO-8859-1'?><a>".utf8) + [0xE0, 0xFF] + Array("</a>".utf8)
    #expect(try XMLDocument(parsing: bytes).root?.text == "àÿ")
  }

  @Test("other encodings are refused by name", arguments: ["windows-1258", "UTF-7", "EBCDIC-CP-US", "UTF-32"])
  func unsupported(name: String) {
    let error = xmlError { _ = try document("<?xml version='1.0' encoding='\(name)'?><a/>") }
    #expect(error?.code == .encodingUnsupported)
    #expect(error?.message.contains(name.lowercased()) == true)
  }

  @Test(
    "bytes that are no UTF-8 are refused wherever they stand",
    arguments: [
      [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0x80],
    ] as [[UInt8]])
  func badUTF8(bytes: [UInt8]) {
    for (before, after) in [
      ("<a>", "</a>"), ("<a b='", "'/>"), ("<!--", "--><a/>"), ("<?p ", "?><a/>"), ("<a><![CDATA[", "]]></a>"),
      ("<a", "/>"), ("<a>", ""),
    ] {
      let source = Array(before.utf8) + bytes + Array(after.utf8)
      #expect(xmlError { _ = try XMLDocument(parsing: source) }?.code == .notWellFormed, "\(before)")
    }
  }

  @Test("a zero byte is refused wherever it stands")
  func zeroByte() {
    for source in ["<a>\0</a>", "<a b='\0'/>", "<a\0/>", "<a/>\0", "<a/>\0<b/>", "<a/>\n\0", "\0<a/>", "<!--\0--><a/>"]
    {
      #expect(xmlError { _ = try document(source) }?.code == .notWellFormed, "\(source.debugDescription)")
    }
  }
}
