import DocumentKit
import FileKit
package import XMLKit

/// What the SOAP door promises: the schema of its messages, and the WSDL 1.1 that is made of it.
///
/// The schema is a file of the catalogue. The WSDL contains it, requests are validated by it, and a message for each operation
/// is looked for in it here: so description and behaviour cannot come apart.
package struct SOAPContract: Sendable {
  package static let namespace = "urn:lienthong:soap:1"
  /// Below `Schemas/`.
  package static let schemaPath = "lienthong-soap/1/soap.xsd"
  private static let bytesLimit = 1 << 20

  private let schema: XMLSchema
  /// The schema's root element as markup.
  private let schemaMarkup: String
  /// As a client gets it.
  package let wsdl: [UInt8]

  /// - Parameters:
  ///   - folder: that of the schemas.
  ///   - address: where clients reach the door, as the site says it; never what a request's `Host` says.
  package init(schemas folder: String, address: String) throws(XMLError) {
    let path = folder + "/" + Self.schemaPath
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileContent.read(path, limit: Self.bytesLimit)
    } catch {
      throw XMLError(.fileUnreadable, error.description, path: path, cause: error)
    }
    let document = try XMLDocument(parsing: bytes)
    guard let root = document.root else { throw XMLError(.schemaInvalid, "the schema is empty", path: path) }
    let elements = Set(
      root.elements.filter { $0.isNamed("element") }.compactMap { $0.attribute(named: "name")?.text })
    let wanted = SOAPOperation.allCases.flatMap { [$0.rawValue, $0.response] } + [Self.refusal]
    for name in wanted where !elements.contains(name) {
      throw XMLError(.schemaInvalid, "the schema has no element ‘\(name)’, which the SOAP door speaks", path: path)
    }
    schema = try XMLSchema(contentsOf: path)
    schemaMarkup = String(decoding: root.serialised(), as: UTF8.self)
    wsdl = Self.wsdl(schema: schemaMarkup, address: address)
  }

  /// The element in the detail of faults.
  static let refusal = "Refusal"

  /// What is wrong with the element of a body; empty if nothing is.
  func findings(_ element: XMLNode) -> [Finding] {
    schema.validate(element.document, at: element).map { Finding($0) }
  }

  // MARK: WSDL

  private static func wsdl(schema: String, address: String) -> [UInt8] {
    var writer = SOAPWriter()
    writer.raw(
      #"<wsdl:definitions name="LienThong" targetNamespace="\#(namespace)" xmlns:tns="\#(namespace)""#
        + #" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/""#
        + #" xmlns:soap11="\#(SOAPVersion.v11.bindingNamespace)" xmlns:soap12="\#(SOAPVersion.v12.bindingNamespace)">"#)
    writer.raw("\n<wsdl:types>\(schema)</wsdl:types>\n")
    for operation in SOAPOperation.allCases {
      message("\(operation.rawValue)Input", element: operation.rawValue, part: "parameters", to: &writer)
      message("\(operation.rawValue)Output", element: operation.response, part: "parameters", to: &writer)
    }
    message(refusal, element: refusal, part: "detail", to: &writer)
    writer.raw("<wsdl:portType name=\"LienThong\">\n")
    for operation in SOAPOperation.allCases {
      let name = operation.rawValue
      writer.raw(
        """
        <wsdl:operation name="\(name)"><wsdl:input message="tns:\(name)Input"/><wsdl:output message="tns:\(name)Output"/>\
        <wsdl:fault name="\(refusal)" message="tns:\(refusal)"/></wsdl:operation>

        """)
    }
    writer.raw("</wsdl:portType>\n")
    for (name, prefix) in ports { binding(name, prefix: prefix, to: &writer) }
    writer.raw("<wsdl:service name=\"LienThong\">\n")
    for (name, prefix) in ports {
      writer.raw(
        "<wsdl:port name=\"\(name)\" binding=\"tns:\(name)\">"
          + "<\(prefix):address location=\"\(XMLText.escaped(address))\"/></wsdl:port>\n")
    }
    writer.raw("</wsdl:service>\n</wsdl:definitions>\n")
    return writer.bytes
  }

  /// The port and binding of each version, with the prefix of its elements.
  private static let ports = [(name: "Soap11", prefix: "soap11"), (name: "Soap12", prefix: "soap12")]

  private static func message(_ name: String, element: String, part: String, to writer: inout SOAPWriter) {
    writer.raw(
      "<wsdl:message name=\"\(name)\"><wsdl:part name=\"\(part)\" element=\"tns:\(element)\"/></wsdl:message>\n")
  }

  private static func binding(_ name: String, prefix: String, to writer: inout SOAPWriter) {
    // Both bindings name the same transport: it is HTTP.
    writer.raw(
      """
      <wsdl:binding name="\(name)" type="tns:LienThong">\
      <\(prefix):binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>

      """)
    for operation in SOAPOperation.allCases {
      let body = "<\(prefix):body use=\"literal\"/>"
      writer.raw(
        """
        <wsdl:operation name="\(operation.rawValue)">\
        <\(prefix):operation soapAction="\(operation.action)" style="document"/>\
        <wsdl:input>\(body)</wsdl:input><wsdl:output>\(body)</wsdl:output>\
        <wsdl:fault name="\(refusal)"><\(prefix):fault name="\(refusal)" use="literal"/></wsdl:fault></wsdl:operation>

        """)
    }
    writer.raw("</wsdl:binding>\n")
  }
}
