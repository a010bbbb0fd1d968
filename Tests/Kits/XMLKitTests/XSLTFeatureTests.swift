import Testing
import XMLKit

/// The features of XSLT 1.0 and EXSLT that a mapping may use, one by one.
@Suite("What stylesheets may use")
struct XSLTFeatureTests {
  struct Feature: Sendable, CustomTestStringConvertible {
    let name: String
    let body: String
    let expected: String
    var testDescription: String { name }

    init(_ name: String, _ body: String, _ expected: String) {
      self.name = name
      self.body = body
      self.expected = expected
    }
  }

  private static let source =
    "<d><i k='b'>2</i><i k='a'>10</i><i k='b'>1</i><n>1234567.5</n><t> a  b </t><x><y>v</y></x></d>"

  private static func wrapped(_ body: String) -> String {
    """
    <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
      xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings" xmlns:math="http://exslt.org/math"
      xmlns:set="http://exslt.org/sets" xmlns:date="http://exslt.org/dates-and-times"
      xmlns:func="http://exslt.org/functions" xmlns:dyn="http://exslt.org/dynamic" xmlns:my="urn:my"
      extension-element-prefixes="exsl func" exclude-result-prefixes="str math set date dyn my">
    <xsl:output omit-xml-declaration="yes"/>
    \(body)
    </xsl:stylesheet>
    """
  }

  private static func root(_ content: String) -> String { "<xsl:template match='/d'><r>\(content)</r></xsl:template>" }
  private static func value(_ expression: String) -> String { root("<xsl:value-of select=\"\(expression)\"/>") }

  static let language: [Feature] = [
    Feature(
      "template rules and their priorities",
      root("<xsl:apply-templates select='i'/>")
        + "<xsl:template match='i'>[<xsl:value-of select='.'/>]</xsl:template>"
        + "<xsl:template match=\"i[@k='a']\" priority='2'>(<xsl:value-of select='.'/>)</xsl:template>",
      "<r>[2](10)[1]</r>"),
    Feature(
      "modes",
      root("<xsl:apply-templates select='i[1]'/><xsl:apply-templates select='i[1]' mode='m'/>")
        + "<xsl:template match='i'>p</xsl:template><xsl:template match='i' mode='m'>m</xsl:template>", "<r>pm</r>"),
    Feature(
      "named templates with parameters",
      root("<xsl:call-template name='t'><xsl:with-param name='p' select=\"'x'\"/></xsl:call-template>")
        + "<xsl:template name='t'><xsl:param name='p'/><xsl:param name='q' select=\"'y'\"/>"
        + "<xsl:value-of select='concat($p, $q)'/></xsl:template>", "<r>xy</r>"),
    Feature(
      "keys, and grouping by them",
      "<xsl:key name='k' match='i' use='@k'/>"
        + root(
          "<xsl:for-each select=\"i[generate-id() = generate-id(key('k', @k)[1])]\">"
            + "<g k='{@k}'><xsl:value-of select=\"sum(key('k', @k))\"/></g></xsl:for-each>"),
      "<r><g k=\"b\">3</g><g k=\"a\">10</g></r>"),
    Feature(
      "sorting by number and by text, downwards and upwards",
      root(
        "<xsl:for-each select='i'><xsl:sort select='.' data-type='number' order='descending'/>"
          + "<xsl:value-of select='.'/>,</xsl:for-each><xsl:for-each select='i'><xsl:sort select='.'/>"
          + "<xsl:value-of select='.'/>;</xsl:for-each>"),
      "<r>10,2,1,1;10;2;</r>"),
    Feature(
      "numbering",
      root(
        "<xsl:for-each select='i'><xsl:number format='1.'/><xsl:number value='position()' format='a '/></xsl:for-each>"),
      "<r>1.a 2.b 3.c </r>"),
    Feature(
      "format-number, also with Vietnam's signs",
      "<xsl:decimal-format name='vn' decimal-separator=',' grouping-separator='.'/>"
        + root(
          "<xsl:value-of select=\"format-number(n, '#,##0.00')\"/>|"
            + "<xsl:value-of select=\"format-number(n, '#.##0,0', 'vn')\"/>"), "<r>1,234,567.50|1.234.567,5</r>"),
    Feature(
      "variables, also of trees",
      "<xsl:variable name='g' select=\"'toàn cục'\"/>"
        + root("<xsl:variable name='t'><a>1</a></xsl:variable><xsl:copy-of select='$t'/><xsl:value-of select='$g'/>"),
      "<r><a>1</a>toàn cục</r>"),
    Feature(
      "conditions",
      root(
        "<xsl:if test='i'>a</xsl:if><xsl:choose><xsl:when test='z'>b</xsl:when><xsl:otherwise>c</xsl:otherwise></xsl:choose>"
      ), "<r>ac</r>"),
    Feature(
      "elements and attributes made at run time",
      root(
        "<xsl:element name='{name(n)}'><xsl:attribute name='{concat(\"a\", 1)}'>v</xsl:attribute></xsl:element>"
          + "<xsl:comment>c</xsl:comment>"), "<r><n a1=\"v\"/><!--c--></r>"),
    Feature(
      "copying", root("<xsl:copy-of select='x'/><xsl:for-each select='x'><xsl:copy>c</xsl:copy></xsl:for-each>"),
      "<r><x><y>v</y></x><x>c</x></r>"),
    Feature("normalize-space", value("normalize-space(t)"), "<r>a b</r>"),
    Feature(
      "translate and substring", value("concat(translate('a-b', '-', '/'), substring('abc', 2, 1))"), "<r>a/bb</r>"),
    Feature(
      "starts-with, contains, substring-before and substring-after",
      value(
        "concat(starts-with('urn:x', 'urn:'), contains('a,b', ','), substring-before('a/b', '/'), "
          + "substring-after('a/b', '/'))"), "<r>truetrueab</r>"),
    Feature("a union in document order, and its last node", value("(n | i)[last()]"), "<r>1234567.5</r>"),
    Feature(
      "conditions as numbers and texts", value("concat(number(boolean(i)), number(boolean(z)), string(not(i)))"),
      "<r>10false</r>"),
    Feature(
      "string-length, floor, ceiling and round",
      value("concat(string-length('ế'), floor(1.5), ceiling(1.5), round(2.5))"), "<r>1123</r>"),
    Feature(
      "position and last among the nodes that templates are applied to",
      root("<xsl:apply-templates select='i'/>")
        + "<xsl:template match='i'><xsl:value-of select='position()'/>/<xsl:value-of select='last()'/>;</xsl:template>",
      "<r>1/3;2/3;3/3;</r>"),
    Feature(
      "elements in a namespace, with and without prefix",
      "<xsl:template match='/d'><p:r xmlns='urn:q' xmlns:p='urn:q'><a/></p:r></xsl:template>",
      "<p:r xmlns=\"urn:q\" xmlns:p=\"urn:q\"><a/></p:r>"),
    Feature(
      "attribute sets and cdata sections",
      "<xsl:output omit-xml-declaration='yes' cdata-section-elements='c'/>"
        + "<xsl:attribute-set name='s'><xsl:attribute name='v'>1</xsl:attribute></xsl:attribute-set>"
        + root("<c xsl:use-attribute-sets='s'>a &lt; b</c>"), "<r><c v=\"1\"><![CDATA[a < b]]></c></r>"),
  ]

  static let exslt: [Feature] = [
    Feature(
      "str:tokenize",
      root("<xsl:for-each select=\"str:tokenize('a,b', ',')\">[<xsl:value-of select='.'/>]</xsl:for-each>"),
      "<r>[a][b]</r>"),
    Feature("str:split", value("count(str:split('a, b, c', ', '))"), "<r>3</r>"),
    Feature("str:padding", value("str:padding(3, '-')"), "<r>---</r>"),
    Feature("str:align", value("str:align('7', '000', 'right')"), "<r>007</r>"),
    Feature("str:concat", value("str:concat(i)"), "<r>2101</r>"),
    Feature("str:replace", value("str:replace('a.b.c', '.', '-')"), "<r>a-b-c</r>"),
    Feature("str:encode-uri", value("str:encode-uri('a b', true())"), "<r>a%20b</r>"),
    Feature("math:max and math:min", value("concat(math:max(i), '-', math:min(i))"), "<r>10-1</r>"),
    Feature("math:highest", value("math:highest(i)/@k"), "<r>a</r>"),
    Feature("math:abs", value("math:abs(-3)"), "<r>3</r>"),
    Feature("set:distinct", value("count(set:distinct(i/@k))"), "<r>2</r>"),
    Feature("set:difference", value("count(set:difference(i, i[1]))"), "<r>2</r>"),
    Feature("set:intersection", value("set:intersection(i, i[2])"), "<r>10</r>"),
    Feature(
      "set:leading and set:trailing", value("concat(count(set:leading(i, i[3])), count(set:trailing(i, i[1])))"),
      "<r>22</r>"),
    Feature(
      "date:year and date:month-in-year",
      value("concat(date:year('2026-11-20'), '/', date:month-in-year('2026-11-20'))"), "<r>2026/11</r>"),
    Feature("date:add", value("date:add('2026-11-20', 'P15D')"), "<r>2026-12-05</r>"),
    Feature("date:difference", value("date:difference('2026-11-20', '2026-12-05')"), "<r>P15D</r>"),
    Feature("date:day-in-week", value("date:day-in-week('2026-11-20')"), "<r>6</r>"),
    Feature(
      "exsl:node-set",
      root("<xsl:variable name='t'><a>1</a><a>2</a></xsl:variable><xsl:value-of select='count(exsl:node-set($t)/a)'/>"),
      "<r>2</r>"),
    Feature("exsl:object-type", value("exsl:object-type(i)"), "<r>node-set</r>"),
    Feature(
      "functions of one's own",
      "<func:function name='my:twice'><xsl:param name='t'/><func:result select='concat($t, $t)'/></func:function>"
        + value("my:twice('a')"), "<r>aa</r>"),
    Feature("dyn:evaluate", value("dyn:evaluate(&quot;count(i)&quot;)"), "<r>3</r>"),
  ]

  private func transformed(_ body: String, _ parameters: [String: String] = [:]) throws -> String {
    let stylesheet = try XSLTStylesheet(parsing: Array(Self.wrapped(body).utf8))
    return text(try stylesheet.transform(document(Self.source), parameters: parameters).serialised())
  }

  @Test("of the language", arguments: language)
  func ofTheLanguage(feature: Feature) throws {
    #expect(try transformed(feature.body) == feature.expected + "\n")
  }

  @Test("of EXSLT", arguments: exslt)
  func ofEXSLT(feature: Feature) throws {
    #expect(try transformed(feature.body) == feature.expected + "\n")
  }

  @Test("parameters of the stylesheet, and their defaults")
  func parameters() throws {
    let body = "<xsl:param name='p' select=\"'mặc định'\"/>" + Self.value("$p")
    #expect(try transformed(body) == "<r>mặc định</r>\n")
    #expect(try transformed(body, ["p": "khác"]) == "<r>khác</r>\n")
  }

  @Test("white space of the source is kept unless it is stripped")
  func whiteSpace() throws {
    let stylesheet = { (body: String) throws in
      try XSLTStylesheet(parsing: Array(Self.wrapped(body + Self.value("count(node())")).utf8))
    }
    let spaced = try document("<d> <a/> <b/> </d>")
    #expect(text(try stylesheet("").transform(spaced).serialised()) == "<r>5</r>\n")
    #expect(text(try stylesheet("<xsl:strip-space elements='d'/>").transform(spaced).serialised()) == "<r>2</r>\n")
    #expect(
      text(
        try stylesheet("<xsl:strip-space elements='*'/><xsl:preserve-space elements='d'/>").transform(spaced)
          .serialised()) == "<r>5</r>\n")
  }

  @Test("output as text")
  func textOutput() throws {
    let body = "<xsl:template match='/'><xsl:value-of select='d/i[1]'/>;</xsl:template>"
    let stylesheet = try XSLTStylesheet(
      parsing: Array(
        Self.wrapped(body).replacing("<xsl:output omit-xml-declaration=\"yes\"/>", with: "<xsl:output method='text'/>")
          .utf8))
    #expect(text(try stylesheet.transform(document(Self.source)).serialised()) == "2;")
  }

  @Test("a message that terminates ends the translation")
  func terminate() throws {
    let error = try #require(
      xmlError { _ = try transformed(Self.root("<xsl:message terminate='yes'>không</xsl:message>")) })
    #expect(error.code == .transformationFailed)
  }

  @Test(
    "what reads or writes something else is refused loudly",
    arguments: [
      root("<xsl:value-of select=\"document('other.xml')\"/>"), root("<xsl:copy-of select=\"document('')\"/>"),
      root("<exsl:document href='out.xml'><a/></exsl:document>"),
      root("<xsl:value-of select=\"dyn:evaluate(&quot;document('other.xml')&quot;)\"/>"),
    ])
  func forbidden(body: String) throws {
    let error = try #require(xmlError { _ = try transformed(body) })
    #expect(error.code == .referenceRefused, "\(error)")
  }
}
