/// The two versions of SOAP, which share one address: a message says by its media type and its envelope which one it is.
enum SOAPVersion: Sendable, CaseIterable {
  /// https://www.w3.org/TR/2000/NOTE-SOAP-20000508/
  case v11
  /// https://www.w3.org/TR/soap12-part1/
  case v12

  /// Of the envelope.
  var namespace: String {
    switch self {
    case .v11: "http://schemas.xmlsoap.org/soap/envelope/"
    case .v12: "http://www.w3.org/2003/05/soap-envelope"
    }
  }

  var mediaType: String {
    switch self {
    case .v11: "text/xml"
    case .v12: "application/soap+xml"
    }
  }

  /// Of the WSDL 1.1 binding (https://www.w3.org/TR/wsdl §3, https://www.w3.org/Submission/wsdl11soap12/).
  var bindingNamespace: String {
    switch self {
    case .v11: "http://schemas.xmlsoap.org/wsdl/soap/"
    case .v12: "http://schemas.xmlsoap.org/wsdl/soap12/"
    }
  }

  /// The name of the attribute by which a header block says for whom it is.
  var roleAttribute: String {
    switch self {
    case .v11: "actor"
    case .v12: "role"
    }
  }

  /// The roles in which this door acts: the next node, and the last.
  var ownRoles: Set<String> {
    switch self {
    case .v11: ["", "http://schemas.xmlsoap.org/soap/actor/next"]
    case .v12: ["", namespace + "/role/next", namespace + "/role/ultimateReceiver"]
    }
  }

  /// The version of a request by its `Content-Type`; nil for what is no SOAP.
  init?(contentType: String?) {
    let mediaType = (contentType ?? "").prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
    guard let version = Self.allCases.first(where: { $0.mediaType == mediaType }) else { return nil }
    self = version
  }
}
