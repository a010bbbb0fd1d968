import DocumentKit
import Testing
import Translation
import XMLKit

@Suite("Mappings by stylesheet")
struct StylesheetTests {
  private static func stylesheet(
    _ templates: String, source: String = "json", target: String = "xml", description: String? = nil,
  ) -> String {
    let own = """
      <m:mapping name="a--b" version="1"><m:source schema="x" format="\(source)"/>
      <m:target schema="y" format="\(target)"/></m:mapping>
      """
    return """
      <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:m="urn:lienthong:mapping"
        xmlns:lt="urn:lienthong:functions" xmlns:j="urn:lienthong:json" exclude-result-prefixes="m lt j">
      \(description ?? own)
      \(templates)
      </xsl:stylesheet>
      """
  }

  private static func mapping(_ text: String) throws -> Mapping {
    let folder = try TemporaryFolder(["transform.xsl": text])
    return Mapping(try StylesheetMapping(contentsOf: folder.path + "/transform.xsl", codes: Workbench.tables()))
  }

  private static let dossier = """
    <xsl:template match="/root"><dossier>
      <code><xsl:value-of select="lt:required(MaHoSo, 'code')"/></code>
      <at><xsl:value-of select="lt:time(Ngay, 'yyyyMMdd', 'iso')"/></at>
      <status><xsl:value-of select="lt:code(TrangThai, 'status', 'in')"/></status>
      <sum><xsl:value-of select="lt:number(Gia, 'decimal')"/></sum>
      <name><xsl:value-of select="lt:upper(Ten)"/></name>
    </dossier></xsl:template>
    """

  @Test("JSON in, XML out, with the conversions of rows")
  func jsonToXML() throws {
    let mapping = try Self.mapping(Self.stylesheet(Self.dossier))
    #expect(mapping.label == "a--b/1")
    let document = try Workbench.json(
      #"{"MaHoSo":"1","Ngay":"20261120","TrangThai":" 2 ","Gia":"+1.50","Ten":"ế"}"#)
    #expect(
      try mapping.text(document) == "<dossier><code>1</code><at>2026-11-20T00:00:00+07:00</at>"
        + "<status>accepted</status><sum>1.50</sum><name>Ế</name></dossier>")
    #expect(
      try mapping.text(Workbench.json(#"{"MaHoSo":"1"}"#))
        == "<dossier><code>1</code><at/><status/><sum/><name/></dossier>")
  }

  @Test("XML in, JSON out, with types and lists")
  func xmlToJSON() throws {
    let mapping = try Self.mapping(
      Self.stylesheet(
        """
        <xsl:template match="/d"><r>
          <Gia j:type="number"><xsl:value-of select="n"/></Gia>
          <xsl:for-each select="i"><L j:list="true"><Ten><xsl:value-of select="."/></Ten></L></xsl:for-each>
          <xsl:if test="not(i)"><j:empty-list name="L"/></xsl:if>
        </r></xsl:template>
        """, source: "xml", target: "json"))
    #expect(
      try mapping.text(Workbench.xml("<d><n>1.50</n><i>a</i><i>b</i></d>"))
        == #"{"Gia":1.50,"L":[{"Ten":"a"},{"Ten":"b"}]}"#)
    #expect(try mapping.text(Workbench.xml("<d><n>1</n></d>")) == #"{"Gia":1,"L":[]}"#)
    let error = try #require(throws: TranslationError.self) { try mapping.translate(Workbench.xml("<d><n>x</n></d>")) }
    #expect(error.code == .output)
  }

  @Test("an unknown code holds, a bad value refuses, and neither repeats what it should not")
  func outcomes() throws {
    let mapping = try Self.mapping(Self.stylesheet(Self.dossier))
    let held = try #require(try mapping.held(Workbench.json(#"{"MaHoSo":"1","TrangThai":"77"}"#)))
    #expect(held.codes.map(\.table) == ["status"])
    #expect(held.codes.first?.code == "77")
    let findings = try mapping.findings(Workbench.json(#"{"Ngay":"30/02","Gia":"nhiều","TrangThai":"77"}"#))
    #expect(findings.map(\.rule) == ["mapping.required", "mapping.time", "mapping.number"])
    for finding in findings {
      #expect(!finding.messageEnglish.contains("30/02") && !finding.messageEnglish.contains("nhiều"))
      #expect(finding.messageEnglish.contains("a--b/1") && finding.messageVietnamese.contains("a--b/1"))
    }
  }

  @Test("an element of a larger document is transformed as a document of its own")
  func context() throws {
    let mapping = try Self.mapping(
      Self.stylesheet(
        """
        <xsl:template match="/p:d" xmlns:p="urn:p"><r><xsl:value-of select="p:x"/>/<xsl:value-of select="@p:k"/>\
        /<xsl:value-of select="count(//p:x)"/></r></xsl:template>
        """, source: "xml"))
    let tree = try Workbench.xml(
      #"<l xmlns="urn:p" xmlns:q="urn:p"><d><x>1</x></d><d q:k="a"><x>2</x><!-- c --></d></l>"#)
    let second = try #require(Array(tree.root.elements).last)
    guard case .translated(let target, _, _) = try mapping.translate(tree, at: second) else {
      Issue.record("not translated")
      return
    }
    #expect(try Workbench.text(target).contains(">2/a/1<"))
  }

  @Test(
    "a stylesheet that does not compile or does not say what it translates is refused with its place",
    arguments: [
      (stylesheet("<xsl:template match='['/>"), "stylesheet cannot be used"),
      (stylesheet("<xsl:template>"), ""),
      (stylesheet("", description: ""), "does not say what it translates"),
      (stylesheet("", description: "<m:mapping name='a' version='0'/>"), "no whole number from 1 on"),
      (stylesheet("", source: "csv"), "this format is not known"),
      (stylesheet("", description: "<m:mapping version='1'/>"), "the attribute ‘name’ is missing"),
    ])
  func mistakes(text: String, expected: String) throws {
    let folder = try TemporaryFolder(["transform.xsl": text])
    let errors = try #require(throws: MappingErrors.self) {
      try StylesheetMapping(contentsOf: folder.path + "/transform.xsl", codes: .empty)
    }
    #expect(errors.errors.allSatisfy { $0.code == .stylesheet && $0.position.file.hasSuffix("/transform.xsl") })
    #expect(errors.errors.contains { $0.message.english.contains(expected) }, "\(errors)")
  }

  @Test("a table or format that is not there ends the translation with an error")
  func unknownNames() throws {
    for call in ["lt:code('1', 'no', 'in')", "lt:time('1', 'no', 'iso')", "lt:number('1', 'no')"] {
      let mapping = try Self.mapping(
        Self.stylesheet("<xsl:template match='/'><r><xsl:value-of select=\"\(call)\"/></r></xsl:template>"))
      let error = try #require(throws: TranslationError.self) { try mapping.translate(Workbench.json("{}")) }
      #expect(error.code == .stylesheet)
    }
  }

  @Test("a folder may hold a stylesheet in place of the table, and not both")
  func registry() throws {
    let good = try TemporaryFolder([
      "a--b/1/transform.xsl": Self.stylesheet(Self.dossier), "codes/status.yaml": Workbench.statusTable,
    ])
    #expect(try MappingRegistry(contentsOf: good.path).mappings.map(\.label) == ["a--b/1"])
    let both = try TemporaryFolder([
      "a--b/1/transform.xsl": Self.stylesheet(Self.dossier), "a--b/1/mapping.yaml": "x: y",
    ])
    let errors = try #require(throws: MappingErrors.self) { try MappingRegistry(contentsOf: both.path) }
    #expect(errors.errors.map(\.code) == [.name])
    let other = try TemporaryFolder(["c--d/2/transform.xsl": Self.stylesheet("")])
    let names = try #require(throws: MappingErrors.self) { try MappingRegistry(contentsOf: other.path) }
    #expect(names.errors.map(\.code) == [.name, .name])
  }
}
