package import HTTPKit
package import JSONKit

/// A client of the gateway, as an agency's or a one-stop system's back end would be.
package final class Visitor: Sendable {
  private let client: HTTPClient
  package let address: String

  package init(port: Int) throws {
    client = try HTTPClient()
    address = "http://127.0.0.1:\(port)"
  }

  deinit { client.stop() }

  /// The answer, or nil when there was none: the gateway is gone or cut the connection.
  package func send(
    _ method: HTTPMethod, _ path: String, key: String? = nil, headers: HTTPHeaders = [:], body: [UInt8] = []
  ) -> HTTPResponse? {
    var headers = headers
    if let key { headers["X-Api-Key"] = key }
    let request = HTTPClientRequest(
      method: method, url: address + path, headers: headers, body: body,
      timeouts: HTTPClientTimeouts(connect: .seconds(5), firstByte: nil, whole: .seconds(30)))
    guard case .response(let response, _) = client.sendBlocking(request) else { return nil }
    return response
  }

  /// Posts a generation-A dossier to the v1 API.
  package func lodge(_ dossier: [UInt8], key: String? = nil, as sender: String = TestSite.senderKey) -> HTTPResponse? {
    var headers: HTTPHeaders = ["Content-Type": "application/json"]
    if let key { headers["Idempotency-Key"] = key }
    return send(.post, "/v1/messages", key: sender, headers: headers, body: dossier)
  }

  package func json(_ response: HTTPResponse?) -> JSONValue? {
    guard let response else { return nil }
    return try? JSONDocument(parsing: response.body).root
  }

  /// The state of the dossier's deliveries to a party, by asking the gateway as its operator.
  package func states(of dossier: String, to party: String) -> [String] {
    guard let timeline = json(send(.get, "/v1/dossiers/\(dossier)", key: TestSite.operatorKey)),
      let messages = timeline["messages"]
    else { return [] }
    return messages.elements.flatMap { message in
      (message["deliveries"].map { Array($0.elements) } ?? []).filter { $0["destination"]?.string == party }
        .compactMap { $0["state"]?.string }
    }
  }
}
