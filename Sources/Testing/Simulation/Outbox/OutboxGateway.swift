/// How a simulated partner reaches the gateway.
package struct OutboxGateway: Sendable {
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
