import DocumentKit
import GatewayTesting
import Testing

@testable import Workbench

@Suite("A schema that imports a namespace of another tongue without naming a file")
struct ImportedNamespaceTests {
  private let folder = TemporaryFolder()

  private func write(_ path: String, _ namespace: String, _ content: String) {
    TestFiles.write(
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified" targetNamespace="\(namespace)"
        xmlns:a="urn:a">\(content)</xs:schema>
      """, to: folder.path + "/" + path)
  }

  private func writeImporter() {
    write(
      "b/1/b.xsd", "urn:b",
      """
      <xs:import namespace="urn:a"/><xs:element name="b"><xs:complexType><xs:sequence><xs:element ref="a:m"/></xs:sequence>
      </xs:complexType></xs:element>
      """)
  }

  @Test("is validated and unfolded with the file that describes the namespace")
  func imported() throws {
    write("a/1/a.xsd", "urn:a", #"<xs:element name="m" type="xs:int"/>"#)
    writeImporter()
    let shape = try SchemaShelf(folder: folder.path).shape("b/1/b.xsd")
    let root = try #require(shape.root(named: "b"))
    #expect(shape.leaves(of: root).map(\.path) == ["b/m"] || shape.leaves(of: root).map(\.path) == ["m"])
    let document = try SourceDocument(Array(#"<b xmlns="urn:b"><m xmlns="urn:a">x</m></b>"#.utf8), named: "b.xml")
    let findings = try CompiledSchemas(folder: folder.path).findings(
      document.tree, document.bytes, against: "b/1/b.xsd")
    #expect(findings.map(\.rule) == ["cvc-datatype-valid.1.2.1"])
  }

  @Test("cannot be used while two tongues describe the namespace, and both are named")
  func clash() throws {
    write("a/1/a.xsd", "urn:a", #"<xs:element name="m" type="xs:int"/>"#)
    write("c/1/c.xsd", "urn:a", #"<xs:element name="m" type="xs:int"/>"#)
    writeImporter()
    let document = try SourceDocument(Array("<b/>".utf8), named: "b.xml")
    let error = try #require(throws: WorkbenchError.self) {
      try CompiledSchemas(folder: folder.path).findings(document.tree, document.bytes, against: "b/1/b.xsd")
    }
    #expect("\(error)".contains("urn:a is described by a/1/a.xsd and by c/1/c.xsd"), "\(error)")
  }
}
