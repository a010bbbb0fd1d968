import GatewayTesting
import Testing
import Validation
import XMLKit

@Suite("XML Schemas by namespace and version")
struct SchemaNamespacesTests {
  private let folder = TemporaryFolder()

  private func write(_ path: String, _ namespace: String?, version: Int? = nil, _ content: String) {
    let attributes =
      (namespace.map { " targetNamespace=\"\($0)\" xmlns=\"\($0)\"" } ?? "")
      + (version.map { " version=\"\($0)\"" } ?? "")
    TestFiles.write(
      "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" elementFormDefault=\"qualified\"\(attributes)>\(content)</xs:schema>",
      to: folder.path + "/" + path)
  }

  private func reasons() throws -> [SchemaNamespaceErrors.Reason] {
    try #require(throws: SchemaNamespaceErrors.self) { try SchemaNamespaces(contentsOf: folder.path) }.reasons
  }

  private static let word = #"<xs:simpleType name="Word"><xs:restriction base="xs:string"/></xs:simpleType>"#
  private static let root = #"<xs:element name="m" type="Word"/>"#

  @Test("are found by the namespace, in the latest version or the one asked for, and by the root of a message")
  func lookup() throws {
    write("a/1/a.xsd", "urn:a", version: 1, Self.word + Self.root)
    write("a/2/a.xsd", "urn:a", Self.word + Self.root)
    write("a/2/more.xsd", "urn:a", #"<xs:element name="more"/>"#)
    write("b/1/b.xsd", nil, #"<xs:element name="m"/>"#)
    let schemas = try SchemaNamespaces(contentsOf: folder.path)
    #expect(schemas.entries(of: "urn:a").map(\.path) == ["a/2/a.xsd", "a/2/more.xsd"])
    #expect(schemas.entries(of: "urn:a", version: 1).map(\.path) == ["a/1/a.xsd"])
    #expect(schemas.entries(of: "urn:a", version: 3) == [] && schemas.entries(of: "urn:b") == [])
    #expect(schemas.entries(of: "urn:a", root: "more").map(\.path) == ["a/2/more.xsd"])
    #expect(schemas.entries(of: "urn:a", root: "m", version: 1).map(\.version) == [1])
    #expect(schemas.entries(of: "urn:a", root: "x") == [])
  }

  @Test("answer an import that names no file, if one file describes the namespace, and stay silent if several do")
  func imports() throws {
    write("a/1/types.xsd", "urn:a", Self.word)
    write("a/1/a.xsd", "urn:a", #"<xs:include schemaLocation="types.xsd"/>"# + Self.root)
    write(
      "b/1/b.xsd", "urn:b",
      #"<xs:import namespace="urn:a"/><xs:element name="b"><xs:complexType><xs:sequence>"#
        + #"<xs:element ref="a:m" xmlns:a="urn:a"/></xs:sequence></xs:complexType></xs:element>"#)
    let schemas = try SchemaNamespaces(contentsOf: folder.path)
    #expect(schemas.catalogue.files == ["urn:a": folder.path + "/a/1/a.xsd", "urn:b": folder.path + "/b/1/b.xsd"])
    let schema = try XMLSchema(contentsOf: folder.path + "/b/1/b.xsd", catalogue: schemas.catalogue)
    let valid = try XMLDocument(parsing: Array(#"<b xmlns="urn:b"><m xmlns="urn:a">x</m></b>"#.utf8))
    #expect(schema.validate(valid).isEmpty)
    let invalid = try XMLDocument(parsing: Array(#"<b xmlns="urn:b"><n xmlns="urn:a">x</n></b>"#.utf8))
    #expect(!schema.validate(invalid).isEmpty)
    #expect(throws: XMLError.self) { try XMLSchema(contentsOf: folder.path + "/b/1/b.xsd") }
    write("a/1/other.xsd", "urn:a", #"<xs:element name="other"/>"#)
    #expect(try SchemaNamespaces(contentsOf: folder.path).catalogue.files["urn:a"] == nil)
  }

  @Test("clash where two tongues describe one namespace: both files are named")
  func clash() throws {
    write("a/1/a.xsd", "urn:x", Self.word)
    write("b/2/b.xsd", "urn:x", Self.word)
    let reasons = try reasons()
    #expect(reasons.map(\.code) == [.clash])
    #expect(reasons.first?.message.contains("urn:x is described by a/1/a.xsd and by b/2/b.xsd") == true)
  }

  @Test("are refused where one says another version than its folder, or is no XML, all at once")
  func mistakes() throws {
    write("a/2/a.xsd", "urn:a", version: 1, Self.word)
    TestFiles.write("<xs:schema", to: folder.path + "/b/1/b.xsd")
    let reasons = try reasons()
    #expect(reasons.map(\.code) == [.version, .unreadable])
    #expect(reasons.first?.message.hasPrefix("the schema a/2/a.xsd says version 1") == true)
  }

  @Test("those of the installation have no clash, and edXML is found by its namespace")
  func shipped() throws {
    let schemas = try SchemaNamespaces(contentsOf: TestFiles.projectRoot + "/Schemas")
    let found = schemas.entries(of: "http://www.mic.gov.vn/TBT/QCVN_102_2016", root: "edXML", version: 1).map(\.path)
    #expect(found == ["edxml/1/document-any-order.xsd", "edxml/1/document.xsd", "edxml/1/status.xsd"])
  }
}
