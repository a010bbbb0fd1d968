package import DossierModel
package import ServiceKit

/// What an answer to one of a poll's requests means, with the sentence that says what it rests on.
package struct PollAnswer: Sendable {
  package enum Reading: Sendable {
    /// A list that is there, perhaps empty.
    case listed([FoundItem], cursor: String?, hasMore: Bool)
    /// The partner says that there is nothing, or not any more.
    case nothing
    /// The message of an item.
    case document([UInt8])
    /// An acknowledgement was taken.
    case done
    /// The partner says no to this request, in an answer that can be read.
    case refused
    /// Something came that says nothing; its bytes.
    case unreadable([UInt8])
    case credentialRejected
    /// Come again later: nothing is known of the list.
    case failed(FailureClass, notBefore: Timestamp?)
  }

  package var reading: Reading
  /// Names rules, status codes and formats; never the partner's words.
  package var note: String

  package init(_ reading: Reading, note: String) {
    self.reading = reading
    self.note = note
  }
}
