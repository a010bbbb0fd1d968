package import ServiceKit

/// What is known about a message besides its content: who sent it, when, in which tongue, under which key.
package struct Envelope: Sendable {
  package var id: MessageID
  package var sender: PartyID
  /// Name of the `MessageType`.
  package var type: String
  package var receivedAt: Timestamp
  /// SHA-256 of the bytes as received.
  package var digest: MessageDigest
  package var key: MessageKey?
  /// W3C trace context as received (https://www.w3.org/TR/trace-context/).
  package var traceparent: String?

  package init(
    id: MessageID, sender: PartyID, type: String, receivedAt: Timestamp, digest: MessageDigest, key: MessageKey? = nil,
    traceparent: String? = nil
  ) {
    self.id = id
    self.sender = sender
    self.type = type
    self.receivedAt = receivedAt
    self.digest = digest
    self.key = key
    self.traceparent = traceparent
  }
}
