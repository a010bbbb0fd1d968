import DocumentKit
package import HTTPKit

/// One answer of a simulated service, with places such as `{dossier}` that are filled in when it is given.
package struct ServiceAnswer: Sendable {
  enum Body: Sendable {
    case none
    case json(YAMLNode)
    case text(String)
  }

  let status: Int
  let contentType: String?
  let body: Body

  /// The answer with its places filled in, each `{name}` by the text of that name.
  ///
  /// - Parameter values: pieces of JSON that stand in the place of whole texts `"{name}"`.
  package func response(_ places: [String: String], values: [String: [UInt8]] = [:]) -> HTTPResponse {
    var headers: HTTPHeaders = [:]
    if let contentType { headers["Content-Type"] = contentType }
    switch body {
    case .none: return HTTPResponse(status: status, headers: headers)
    case .text(let text):
      return HTTPResponse(status: status, headers: headers, body: Array(PlacedText.fill(text, places).utf8))
    case .json(let node):
      var body = node.json(filling: places)
      for (name, value) in values { body = body.replacing(Array("\"{\(name)}\"".utf8), with: value) }
      return HTTPResponse(status: status, headers: headers, body: body)
    }
  }
}
