/// A call of a SOAP operation, its parameters as elements in the order given.
package struct SOAPEnvelope: Sendable, Equatable {
  package enum Version: String, Sendable, CaseIterable {
    case soap11 = "1.1"
    case soap12 = "1.2"

    var namespace: String {
      switch self {
      case .soap11: "http://schemas.xmlsoap.org/soap/envelope/"
      case .soap12: "http://www.w3.org/2003/05/soap-envelope"
      }
    }
  }

  package var version: Version
  /// SOAP 1.1 §6.1.1, and the media type's parameter of SOAP 1.2 (RFC 3902).
  package var action: String
  package var operation: String
  package var namespace: String
  /// Whether the parameters are in the operation's namespace, as .NET's services want them.
  package var isQualified: Bool
  package var parameters: [PayloadEnvelope.Member]

  var contentType: String {
    switch version {
    case .soap11: "text/xml; charset=utf-8"
    case .soap12: "application/soap+xml; charset=utf-8" + (action.isEmpty ? "" : "; action=\"\(action)\"")
    }
  }

  /// `SOAPAction`, which 1.1 alone has (§6.1.1).
  var headers: [HeaderTemplate] {
    guard version == .soap11 else { return [] }
    return [HeaderTemplate(name: "SOAPAction", value: TextTemplate(literal: "\"\(action)\""))]
  }
}
