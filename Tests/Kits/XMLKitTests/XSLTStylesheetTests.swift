import Testing
import XMLKit

@Suite("Stylesheets")
struct XSLTStylesheetTests {
  private func stylesheet(
    _ body: String, functions: XPathFunctionLibrary = .empty, limits: XSLTLimits = .standard
  ) throws -> XSLTStylesheet {
    try XSLTStylesheet(parsing: Array(Self.wrapped(body).utf8), functions: functions, limits: limits)
  }

  private static func wrapped(_ body: String) -> String {
    """
    <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:lt="urn:lienthong:functions"
      xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings" xmlns:func="http://exslt.org/functions"
      extension-element-prefixes="exsl func" exclude-result-prefixes="lt str">
    \(body)
    </xsl:stylesheet>
    """
  }

  @Test("a document is transformed, and the source stays as it was")
  func transform() throws {
    let compiled = try stylesheet(
      "<xsl:output omit-xml-declaration='yes'/><xsl:strip-space elements='*'/>"
        + "<xsl:template match='/a'><r><xsl:for-each select='b'><c n='{@k}'><xsl:value-of select='.'/></c></xsl:for-each></r></xsl:template>"
    )
    let source = try document("<a> <b k='1'>một</b> <b k='2'>hai</b> </a>")
    let before = source.serialised()
    let result = try compiled.transform(source)
    #expect(text(result.serialised()) == "<r><c n=\"1\">một</c><c n=\"2\">hai</c></r>\n")
    #expect(result.document.root?.elements.map(\.text) == ["một", "hai"])
    #expect(source.serialised() == before)
    #expect(result.messages == [] && !result.messagesTruncated)
  }

  @Test("the result outlives the stylesheet and the source")
  func lifetime() throws {
    var result: XSLTResult?
    do {
      let compiled = try stylesheet("<xsl:template match='/'><xsl:copy-of select='.'/></xsl:template>")
      result = try compiled.transform(try document("<a><b>giữ</b></a>"))
    }
    #expect(result?.document.root?.firstElement(named: "b")?.text == "giữ")
  }

  @Test("the output is as xsl:output asks")
  func output() throws {
    let plain = try stylesheet(
      "<xsl:output method='text'/><xsl:template match='/'>Số: <xsl:value-of select='a'/></xsl:template>")
    let result = try plain.transform(try document("<a>7 &lt; 8</a>"))
    #expect(text(result.serialised()) == "Số: 7 < 8")
    #expect(result.document.root == nil)
    let empty = try stylesheet("<xsl:output method='text'/><xsl:template match='/'/>")
    #expect(try empty.transform(try document("<a/>")).serialised() == [])
  }

  @Test("parameters are strings, whatever they look like")
  func parameters() throws {
    let compiled = try stylesheet(
      "<xsl:output method='text'/><xsl:param name='p' select='\"mặc định\"'/><xsl:param name='q'/>"
        + "<xsl:template match='/'><xsl:value-of select='concat($p, \"|\", $q)'/></xsl:template>")
    let source = try document("<a>bí mật</a>")
    #expect(text(try compiled.transform(source).serialised()) == "mặc định|")
    let given = try compiled.transform(source, parameters: ["p": "/a", "q": "it's \"1+1\""])
    #expect(text(given.serialised()) == "/a|it's \"1+1\"")
  }

  @Test("EXSLT and functions in Swift are there")
  func functions() throws {
    let library = XPathFunctionLibrary([
      XPathFunction("shout", arity: 1...1) { .string($0[0].string.uppercased() + "!") },
      XPathFunction("fail", arity: 0...0) { _ throws(XPathFunction.Failure) in throw XPathFunction.Failure("no table")
      },
    ])
    let compiled = try stylesheet(
      "<xsl:output method='text'/><func:function name='lt:own'><func:result select='\"z\"'/></func:function>"
        + "<xsl:template match='/'><xsl:value-of select='concat(lt:shout(a), str:padding(2, \"-\"))'/></xsl:template>",
      functions: library)
    #expect(text(try compiled.transform(try document("<a>đã nhận</a>")).serialised()) == "ĐÃ NHẬN!--")
    let failing = try stylesheet(
      "<xsl:template match='/'><xsl:value-of select='lt:fail()'/></xsl:template>", functions: library)
    let error = xmlError { _ = try failing.transform(try document("<a/>")) }
    #expect(error?.code == .transformationFailed)
    #expect(error?.message.contains("no table") == true)
  }

  @Test("messages are collected up to their limit, and a terminating one is an error")
  func messages() throws {
    let body =
      "<xsl:template match='/'><xsl:for-each select='//b'><xsl:message>lời <xsl:value-of select='.'/></xsl:message></xsl:for-each><r/></xsl:template>"
    let source = try document("<a><b>1</b><b>2</b><b>3</b></a>")
    let all = try stylesheet(body, limits: XSLTLimits(messages: 3)).transform(source)
    #expect(all.messages == ["lời 1", "lời 2", "lời 3"] && !all.messagesTruncated)
    let some = try stylesheet(body, limits: XSLTLimits(messages: 2)).transform(source)
    #expect(some.messages == ["lời 1", "lời 2"] && some.messagesTruncated)
    let ending = try stylesheet(
      "<xsl:template match='/'><xsl:message terminate='yes'>bí mật</xsl:message></xsl:template>")
    let error = xmlError { _ = try ending.transform(source) }
    #expect(error?.code == .transformationFailed)
    #expect(error?.message.contains("bí mật") == false)
  }

  @Test(
    "a stylesheet that cannot be compiled says line and reason",
    arguments: [
      ("<xsl:template match='/'>\n<xsl:value-of select='a['/></xsl:template>", 5),
      ("<xsl:template match='a['/>", 4), ("<xsl:template match='/'>\n<xsl:for-each/></xsl:template>", 5),
    ])
  func invalid(body: String, line: Int) {
    let error = xmlError { _ = try stylesheet(body) }
    #expect(error?.code == .stylesheetInvalid)
    #expect(error?.line == line)
  }

  @Test("what is no stylesheet at all is refused", arguments: ["<a/>", "<a>", "", "<xsl:stylesheet version='1.0'/>"])
  func noStylesheet(source: String) {
    let error = xmlError { _ = try XSLTStylesheet(parsing: Array(source.utf8)) }
    #expect(error?.code == .stylesheetInvalid || error?.code == .notWellFormed)
  }

  @Test("errors while running say the line, and no value of the document")
  func runtimeError() throws {
    let compiled = try stylesheet("<xsl:template match='/'>\n<xsl:element name='{a}'/></xsl:template>")
    let error = xmlError { _ = try compiled.transform(try document("<a>bí mật</a>")) }
    #expect(error?.code == .transformationFailed)
    #expect(error?.line == 5)
    #expect(error?.message.contains("bí mật") == false)
    let xpath = try stylesheet("<xsl:template match='/'>\n<xsl:value-of select='lt:none(a)'/></xsl:template>")
    #expect(xmlError { _ = try xpath.transform(try document("<a/>")) }?.code == .transformationFailed)
  }

  @Test("a failed transformation leaves the next one unharmed")
  func recovery() throws {
    let compiled = try stylesheet(
      "<xsl:output method='text'/><xsl:template match='/'><xsl:element name='{a}'/>được</xsl:template>")
    for _ in 0..<3 {
      #expect(xmlError { _ = try compiled.transform(try document("<a>1 2</a>")) } != nil)
      #expect(text(try compiled.transform(try document("<a>x</a>")).serialised()) == "được")
    }
  }

  @Test("imports and includes are followed under the folder only")
  func files() throws {
    let folder = try TemporaryFolder([
      "chính.xsl": Self.wrapped(
        "<xsl:import href='chung/a.xsl'/><xsl:include href='b.xsl'/><xsl:output method='text'/>"),
      "chung/a.xsl": Self.wrapped("<xsl:template match='/'>a<xsl:apply-templates/></xsl:template>"),
      "b.xsl": Self.wrapped("<xsl:template match='x'>b</xsl:template>"),
      "lỗi.xsl": Self.wrapped("<xsl:include href='chung/sai.xsl'/>"),
      "chung/sai.xsl": Self.wrapped("\n<xsl:template match='['/>"),
      "chung/ra.xsl": Self.wrapped("<xsl:import href='../b.xsl'/>"),
      "xa.xsl": Self.wrapped("<xsl:import href='http://127.0.0.1/b.xsl'/>"),
    ])
    let compiled = try XSLTStylesheet(contentsOf: folder.file("chính.xsl"))
    #expect(text(try compiled.transform(try document("<x/>")).serialised()) == "ab")
    let error = xmlError { _ = try XSLTStylesheet(contentsOf: folder.file("lỗi.xsl")) }
    #expect(error?.path?.hasSuffix("/chung/sai.xsl") == true)
    #expect(error?.line == 5)
    for name in ["chung/ra.xsl", "xa.xsl"] {
      #expect(xmlError { _ = try XSLTStylesheet(contentsOf: folder.file(name)) }?.code == .referenceRefused)
    }
    _ = try XSLTStylesheet(contentsOf: folder.file("chung/ra.xsl"), root: folder.path)
    let text = Self.wrapped("<xsl:import href='b.xsl'/>")
    #expect(xmlError { _ = try XSLTStylesheet(parsing: Array(text.utf8)) }?.code == .referenceRefused)
  }
}
