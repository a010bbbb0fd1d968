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
  package var gateway: OutboxGateway?

  package init() {}
}
