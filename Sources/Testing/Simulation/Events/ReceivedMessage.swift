package import ServiceKit

/// One message as a partner received it, byte for byte.
package struct ReceivedMessage: Sendable {
  package enum Outcome: String, Sendable {
    case accepted, refused, alreadyThere
    /// Not looked at, because a fault was played.
    case unread
  }

  /// Counts the messages of one simulator from 1.
  package let number: Int
  package let at: Timestamp
  /// The service or operation it was for.
  package let subject: String
  package let body: [UInt8]
  package let outcome: Outcome
}
