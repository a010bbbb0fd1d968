/// How a simulated agency is set up.
package struct AgencyConfiguration: Sendable {
  /// The agency's code and name, as they stand in the documents it sends; H99 is no province.
  package var code = "H99.14"
  package var name = "Sở Xây dựng (mẫu)"
  /// The header in which a caller brings its key.
  package var keyHeader = "X-Api-Key"
  /// The keys that are let in; empty lets everybody in, unless there is a client.
  package var keys: Set<String> = []
  /// The client that may fetch a token at `/token`; its token is let in as `Authorization: Bearer`.
  package var client: (id: String, secret: String)?
  package var tokenLife: Duration = .seconds(3_600)
  package var plan = AgencyPlan.standard
  /// Where its reports go; nil keeps them in.
  package var gateway: AgencyGateway?

  package init() {}
}

/// How a simulated agency reaches the gateway.
package struct AgencyGateway: Sendable {
  /// Without a path, such as `http://127.0.0.1:8440`.
  package var url: String
  package var keyHeader = "X-Api-Key"
  package var key: String
  /// Between the attempts to bring a message in; doubled with each up to the maximum.
  package var retryMinimum: Duration = .milliseconds(500)
  package var retryMaximum: Duration = .seconds(10)
  /// Messages under way at the same time, of different dossiers.
  package var window = 8

  package init(url: String, key: String) {
    self.url = url
    self.key = key
  }
}
