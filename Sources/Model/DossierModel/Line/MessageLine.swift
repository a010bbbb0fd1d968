/// What reception hands a message to: everything that is computed before the one commit.
package protocol MessageLine: Sendable {
  /// The record to store, or the refusal to answer with.
  func process(_ passage: consuming Passage) throws(Refusal) -> MessageRecord
}
