import GatewayTesting
import Testing
import XMLKit

@testable import Reception

@Suite("The SOAP door's contract")
struct SOAPContractTests {
  private static let namespaces = [
    "wsdl": "http://schemas.xmlsoap.org/wsdl/", "xs": "http://www.w3.org/2001/XMLSchema",
    "soap11": SOAPVersion.v11.bindingNamespace, "soap12": SOAPVersion.v12.bindingNamespace,
  ]

  private func nodes(_ path: String, _ document: XMLDocument) throws -> [XMLNode] {
    try XPathExpression(path, namespaces: Self.namespaces).nodes(at: document.documentNode)
  }

  @Test("describes every operation in both versions, each message by an element that the schema has")
  func operations() throws {
    let wsdl = try XMLDocument(parsing: try SOAPRig.shipped().wsdl)
    let elements = Set(
      try nodes("/wsdl:definitions/wsdl:types/xs:schema/xs:element/@name", wsdl).map(\.text))
    let parts = try nodes("//wsdl:message/wsdl:part/@element", wsdl).map { String($0.text.dropFirst("tns:".count)) }
    #expect(Set(parts) == elements, "nothing is described that has no message, and the other way round")
    let names = SOAPOperation.allCases.map(\.rawValue)
    #expect(try nodes("//wsdl:portType/wsdl:operation/@name", wsdl).map(\.text) == names)
    for prefix in ["soap11", "soap12"] {
      let binding = "//wsdl:binding[\(prefix):binding]"
      #expect(try nodes("\(binding)/wsdl:operation/@name", wsdl).map(\.text) == names)
      #expect(
        try nodes("\(binding)//\(prefix):operation/@soapAction", wsdl).map(\.text)
          == SOAPOperation.allCases.map(\.action))
      #expect(try nodes("//wsdl:port/\(prefix):address/@location", wsdl).map(\.text) == [SOAPRig.address])
    }
    #expect(try nodes("//wsdl:portType/wsdl:operation/wsdl:fault", wsdl).count == names.count)
  }

  @Test("contains the schema as the catalogue has it")
  func schema() throws {
    let wsdl = try XMLDocument(parsing: try SOAPRig.shipped().wsdl)
    let own = try XMLDocument(
      parsing: TestFiles.read(TestFiles.projectRoot + "/Schemas/" + SOAPContract.schemaPath))
    let inside = try #require(try nodes("//xs:schema", wsdl).first)
    #expect(inside.serialised() == own.root?.serialised())
  }

  @Test("is refused where the schema lacks a message, or is not there; an address is written as text")
  func mistakes() throws {
    let folder = TemporaryFolder()
    #expect(throws: XMLError.self) { try SOAPContract(schemas: folder.path, address: "a") }
    let shipped = String(
      decoding: TestFiles.read(TestFiles.projectRoot + "/Schemas/" + SOAPContract.schemaPath), as: UTF8.self)
    let path = folder.path + "/" + SOAPContract.schemaPath
    TestFiles.write(shipped, to: path)
    let strange = try SOAPContract(schemas: folder.path, address: "http://a/\"><b c='")
    let document = try XMLDocument(parsing: strange.wsdl)
    #expect(try nodes("//soap11:address/@location", document).first?.text == "http://a/\"><b c='")
    for operation in SOAPOperation.allCases {
      TestFiles.write(
        shipped.replacing("element name=\"\(operation.response)\"", with: "element name=\"Other\""), to: path)
      let error = try #require(throws: XMLError.self) { try SOAPContract(schemas: folder.path, address: "a") }
      #expect(error.message.contains("‘\(operation.response)’"))
    }
  }
}
