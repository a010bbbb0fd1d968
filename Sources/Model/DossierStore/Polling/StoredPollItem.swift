package import DossierModel
package import ServiceKit

/// An item that a partner had for us and that could not be taken.
package struct StoredPollItem: Sendable, Equatable {
  /// What operators call it by.
  package var number: Int64
  package var poll: PollID
  package var name: String
  package var type: String?
  package var digest: MessageDigest
  package var first: Timestamp
  package var last: Timestamp
  /// How often it came.
  package var times: Int
  /// One of `FaultCode`.
  package var fault: String
  /// The rules that it breaks, without its values.
  package var note: String?
  package var byteCount: Int
  /// Whether it is about to go down the line once more.
  package var isOfferedAgain: Bool
}
