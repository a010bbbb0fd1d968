import DocumentKit
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

  @Test("lead from a namespace, and its version where there are several, to the one schema that is meant")
  func named() throws {
    write("a/1/a.xsd", "urn:a", version: 1, Self.word + Self.root)
    write("b/1/types.xsd", "urn:b", Self.word)
    write("b/1/b.xsd", "urn:b", #"<xs:include schemaLocation="types.xsd"/>"# + Self.root)
    write("b/2/b.xsd", "urn:b", Self.root)
    write("c/1/c.xsd", "urn:c#2", Self.root)
    write("d/1/d.xsd", "urn:d", Self.root)
    write("d/1/e.xsd", "urn:d", #"<xs:element name="e"/>"#)
    let schemas = try SchemaNamespaces(contentsOf: folder.path)
    #expect(try schemas.schema(named: "urn:a").path == "a/1/a.xsd")
    #expect(try schemas.schema(named: "urn:a#1").path == "a/1/a.xsd")
    #expect(try schemas.schema(named: "urn:b#1").path == "b/1/b.xsd", "what is included is part of the other")
    #expect(try schemas.schema(named: "urn:b#2").path == "b/2/b.xsd")
    #expect(try schemas.schema(named: "urn:c#2").path == "c/1/c.xsd", "the sign may belong to the namespace")
    #expect(try schemas.schema(named: "urn:c#2#1").path == "c/1/c.xsd")
    #expect(try schemas.schema(named: "urn:d", root: "e").path == "d/1/e.xsd")
    for (text, root, message) in [
      ("urn:x", nil, "no schema describes the namespace urn:x; known here: urn:a, urn:b, urn:c#2, urn:d"),
      ("urn:b", nil, "the namespace urn:b has the versions 1 and 2; write urn:b#1 or urn:b#2"),
      ("urn:b#3", nil, "there is no version 3 of the namespace urn:b; write urn:b#1 or urn:b#2"),
      (
        "urn:d", nil, "the namespace urn:d is described by d/1/d.xsd (m) and d/1/e.xsd (e); name the file that is meant"
      ),
      ("urn:a", "e", "no schema of the namespace urn:a has the root e; there is a/1/a.xsd (m)"),
    ] {
      let error = try #require(throws: SchemaNamespaces.LookupError.self) {
        try schemas.schema(named: text, root: root)
      }
      #expect(error.message.english == message)
    }
  }

  @Test("know the roots of a schema with those of the files it includes, also without a namespace")
  func roots() throws {
    write("b/1/b.xsd", nil, #"<xs:include schemaLocation="more.xsd"/>"# + #"<xs:element name="m"/>"#)
    write("b/1/more.xsd", nil, #"<xs:include schemaLocation="b.xsd"/>"# + #"<xs:element name="n"/>"#)
    let schemas = try SchemaNamespaces(contentsOf: folder.path)
    let entry = try #require(schemas.entry(at: "b/1/b.xsd"))
    #expect(schemas.roots(of: entry) == ["m", "n"] && entry.namespace.isEmpty)
    #expect(schemas.entries.isEmpty && schemas.entry(at: "b/1/c.xsd") == nil)
  }

  @Test("those of the installation have no clash, and edXML is found by its namespace")
  func shipped() throws {
    let schemas = try SchemaNamespaces(contentsOf: TestFiles.projectRoot + "/Schemas")
    let found = schemas.entries(of: "http://www.mic.gov.vn/TBT/QCVN_102_2016", root: "edXML", version: 1).map(\.path)
    #expect(found == ["edxml/1/document-any-order.xsd", "edxml/1/document.xsd", "edxml/1/status.xsd"])
  }
}
