package import DossierModel

/// The `docId` of a document, as its sender and as its receivers have it.
///
/// Both are safe as file names and as unquoted texts of loose JSON, as the client uses them (domain page §3.5.3, §3.5.6).
/// They differ in form, so that one left over from an earlier call is not taken for the other.
package enum VXPDocumentID: Equatable, Sendable, CustomStringConvertible {
  /// What `sendEdoc` answers: the message.
  case sent(MessageID)
  /// What a receiver is shown: the message and its delivery to it.
  case received(MessageID, DeliveryID)

  package init?(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let message = MessageID(String(parts[0])) else { return nil }
    if parts.count == 1 {
      self = .sent(message)
    } else if let number = Int64(parts[1]), number > 0, parts[1] == String(number) {
      self = .received(message, DeliveryID(number))
    } else {
      return nil
    }
  }

  package var description: String {
    switch self {
    case .sent(let message): message.description
    case .received(let message, let delivery): "\(message).\(delivery)"
    }
  }
}
