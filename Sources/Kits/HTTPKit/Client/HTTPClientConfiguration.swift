/// How much a client does at the same time.
package struct HTTPClientConfiguration: Sendable, Equatable {
  /// Transfers under way; more wait for a place.
  package var transfers = 256
  /// Transfers that wait for a place; more fail as ``HTTPClientFailure/Kind/overloaded``.
  package var waitingTransfers = 10_000
  /// Connections kept open for reuse.
  package var idleConnections = 256
  /// Idle longer than this, a connection is not used again: it may be half dead by then.
  package var idleConnectionAge: Duration = .seconds(60)
  /// The head of an answer.
  package var responseHeadBytes = 64 * 1024

  package init() {}

  package static let standard = HTTPClientConfiguration()

  /// The first value that cannot work, as a sentence.
  var complaint: String? {
    if transfers < 1 || transfers > 10_000 { return "transfers must be between 1 and 10,000" }
    if waitingTransfers < 0 { return "waitingTransfers must not be negative" }
    if idleConnections < 1 { return "idleConnections must be at least 1" }
    if idleConnectionAge < .seconds(1) { return "idleConnectionAge must be at least one second" }
    if responseHeadBytes < 256 { return "responseHeadBytes must be at least 256" }
    return nil
  }
}
