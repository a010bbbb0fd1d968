import Testing
import XMLKit

@Suite("Hostile stylesheets")
struct XSLTHostileTests {
  private func run(_ body: String, limits: XSLTLimits = .standard, on source: String = "<a/>") throws -> XSLTResult {
    let text = """
      <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
        xmlns:exsl="http://exslt.org/common" xmlns:saxon="http://icl.com/saxon" xmlns:xt="http://www.jclark.com/xt"
        xmlns:redirect="org.apache.xalan.xslt.extensions.Redirect" xmlns:dyn="http://exslt.org/dynamic"
        extension-element-prefixes="exsl saxon xt redirect">\(body)</xsl:stylesheet>
      """
    return try XSLTStylesheet(parsing: Array(text.utf8), limits: limits).transform(try document(source))
  }

  @Test("document() reads nothing, and says so")
  func documentFunction() throws {
    let folder = try TemporaryFolder(["mật.xml": "<m>lộ</m>"])
    for name in [folder.file("mật.xml"), "file://\(folder.file("m.xml"))", "http://127.0.0.1:1/x", "/etc/passwd", ""] {
      let error = xmlError {
        _ = try run("<xsl:template match='/'><r><xsl:copy-of select=\"document('\(name)')\"/></r></xsl:template>")
      }
      #expect(error?.code == .referenceRefused, "\(name)")
    }
  }

  @Test(
    "no extension element writes a file",
    arguments: [
      "exsl:document href", "saxon:output file", "xt:document href", "redirect:write file", "xsl:document href",
    ])
  func writing(element: String) throws {
    let folder = try TemporaryFolder([:])
    let name = element.split(separator: " ")[0]
    let error = xmlError {
      _ = try run("<xsl:template match='/'><\(element)='\(folder.file("ra.xml"))'><r/></\(name)></xsl:template>")
    }
    #expect(
      error?.code == .referenceRefused || error?.code == .transformationFailed || error?.code == .stylesheetInvalid)
    #expect(!folder.exists("ra.xml"))
  }

  @Test("an external entity of a stylesheet is not read")
  func entity() throws {
    let folder = try TemporaryFolder(["mật": "lộ"])
    let text = """
      <!DOCTYPE x [<!ENTITY e SYSTEM "\(folder.file("mật"))">]>
      <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
      <xsl:template match="/"><r>&e;</r></xsl:template></xsl:stylesheet>
      """
    let result = try? XSLTStylesheet(parsing: Array(text.utf8)).transform(try document("<a/>"))
    #expect(result.map { XMLKitTests.text($0.serialised()).contains("lộ") } != true)
  }

  @Test(
    "recursion without end stops at its limit", arguments: ["call-template name='t'", "apply-templates select='.'"])
  func recursion(instruction: String) {
    let error = xmlError { _ = try run("<xsl:template name='t' match='a'><xsl:\(instruction)/></xsl:template>") }
    #expect(error?.code == .limitExceeded)
    #expect(error?.message.contains("templateDepth") == true)
  }

  @Test("template depth at its limit passes, one deeper fails")
  func templateDepth() throws {
    func nested(_ depth: Int) throws {
      _ = try run(
        "<xsl:template match='a' name='t'><xsl:param name='n' select='\(depth)'/>"
          + "<xsl:if test='$n &gt; 1'><xsl:call-template name='t'><xsl:with-param name='n' select='$n - 1'/></xsl:call-template></xsl:if><r/></xsl:template>",
        limits: XSLTLimits(templateDepth: 50))
    }
    let deepest = (1...60).last { depth in xmlError { try nested(depth) } == nil } ?? 0
    #expect((20...50).contains(deepest))
    #expect(xmlError { try nested(deepest + 1) }?.code == .limitExceeded)
  }

  @Test("instructions at their limit pass, one fewer allowed fails")
  func operations() throws {
    let body = "<xsl:template match='a'><r><xsl:for-each select='b'><c/></xsl:for-each></r></xsl:template>"
    let source = "<a>" + String(repeating: "<b/>", count: 1_000) + "</a>"
    func runs(_ operations: Int) -> Bool {
      xmlError { _ = try run(body, limits: XSLTLimits(operations: operations), on: source) } == nil
    }
    let needed = (1_000...1_010).first(where: runs)
    #expect(needed != nil)
    let error = xmlError { _ = try run(body, limits: XSLTLimits(operations: (needed ?? 1) - 1), on: source) }
    #expect(error?.code == .limitExceeded)
    #expect(error?.message.contains("operations") == true)
  }

  @Test("costly expressions stop at their limit")
  func xpathOperations() {
    let body =
      "<xsl:template match='/'><xsl:value-of select='count(//b[count(//b[count(//b) = 0]) = 0])'/></xsl:template>"
    let source = "<a>" + String(repeating: "<b/>", count: 300) + "</a>"
    let error = xmlError { _ = try run(body, limits: XSLTLimits(xpathOperations: 1_000_000), on: source) }
    #expect(error?.code == .limitExceeded)
    #expect(error?.message.contains("xpathOperations") == true)
  }

  @Test("expressions made at run time obey the same limits")
  func dynamic() {
    let body =
      "<xsl:template match='/'><xsl:value-of select=\"dyn:evaluate('document(&quot;/etc/passwd&quot;)')\"/></xsl:template>"
    #expect(xmlError { _ = try run(body) }?.code == .referenceRefused)
  }
}
