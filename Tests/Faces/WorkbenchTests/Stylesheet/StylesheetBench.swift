import Translation
import Workbench

/// A bench whose mapping `a--b` is a stylesheet.
struct StylesheetBench {
  let bench = TestBench()

  static let target = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="d"><xs:complexType><xs:sequence>
    <xs:element name="code" type="xs:string"/><xs:element name="status" type="xs:string" minOccurs="0"/>
    <xs:element name="name" type="xs:string" minOccurs="0"/><xs:element name="day" type="xs:string" minOccurs="0"/>
    <xs:element name="kind" type="xs:string" minOccurs="0"/>
    <xs:element name="file" minOccurs="0" maxOccurs="9"><xs:complexType>
    <xs:attribute name="name" use="required"/></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element></xs:schema>
    """

  /// Lines 10 to 30 of the file.
  static let templates = """
    <xsl:template match="/root">
    <d>
      <code><xsl:value-of select="concat(Ma, '-', GhiChu)"/></code>
      <xsl:if test="TrangThai">
        <status><xsl:value-of select="lt:code(TrangThai, 'st', 'in')"/></status>
      </xsl:if>
      <xsl:call-template name="text">
        <xsl:with-param name="text" select="substring(Ten, 1, 4)"/>
      </xsl:call-template>
      <day><xsl:value-of select="lt:time(Ngay, 'iso', 'dd/MM/yyyy')"/></day>
      <kind><xsl:choose>
        <xsl:when test="Tep">files</xsl:when>
        <xsl:otherwise>none</xsl:otherwise>
      </xsl:choose></kind>
      <xsl:for-each select="Tep[Url]"><file name="{Ten}"/></xsl:for-each>
    </d>
    </xsl:template>
    <xsl:template name="text">
      <xsl:param name="text"/>
      <xsl:if test="$text"><name><xsl:value-of select="$text"/></name></xsl:if>
    </xsl:template>
    """

  static func stylesheet(_ templates: String, head: String = "") -> String {
    """
    <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:lt="urn:lienthong:functions"
      xmlns:m="urn:lienthong:mapping" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="lt m exsl">
    \(head)
    <m:mapping name="a--b" version="1">
      <m:source schema="a/1/a.json" format="json"/>
      <m:target schema="b/1/b.xsd" format="xml"/>
      <m:ignore from="NoiBo" reason="nobody outside needs it"/>
    </m:mapping>

    \(templates)
    </xsl:stylesheet>
    """
  }

  init(_ templates: String = Self.templates, head: String = "") {
    bench.write(Self.target, "Schemas/b/1/b.xsd")
    bench.remove("Mappings/a--b/1/mapping.yaml")
    bench.write(Self.stylesheet(templates, head: head), "Mappings/a--b/1/transform.xsl")
  }

  static let document = """
    {"Ma":"A1","TrangThai":"4","Ten":"Nguyễn","Ngay":"2026-11-21T08:30:00+07:00","GhiChu":"x","NoiBo":"y",
     "Tep":[{"Ten":"a.pdf","Url":"u"},{"Ten":"b.pdf"}]}
    """

  func loss(_ document: String = Self.document) throws -> LossReport {
    let workbench = try bench.open()
    return try workbench.loss(workbench.mapping("a--b"), TestBench.json(document))
  }

  func explanation(_ document: String = Self.document) throws -> Explanation? {
    let workbench = try bench.open()
    return try workbench.explain(workbench.mapping("a--b"), TestBench.json(document)).explanation
  }

  func coverage(_ documents: [String]) throws -> CoverageReport {
    for (number, document) in documents.enumerated() {
      bench.write(document, "Mappings/a--b/1/examples/\(number).in.json")
    }
    let workbench = try bench.open()
    return try workbench.coverage(of: workbench.mapping("a--b"))
  }
}
