package import DossierStore

/// An item of an answer.
package struct FoundItem: Sendable, Equatable {
  /// The message, or the entry of the list where the message is asked for by itself.
  package var item: PollItem
  package var fields: [String: String]
  /// Why there is no message in it; nil where there is.
  package var fault: String?
  /// Whether nothing can be asked about it: it is kept, and left where it is.
  package var isOutOfReach = false

  package init(item: PollItem, fields: [String: String] = [:], fault: String? = nil) {
    self.item = item
    self.fields = fields
    self.fault = fault
  }
}
