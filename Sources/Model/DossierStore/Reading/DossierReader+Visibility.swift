package import DossierModel

extension DossierReader {
  /// A message that `party` sent, or receives, then with its own deliveries alone; nil for what does not exist and for what it
  /// may not see. Without a party, everything.
  package func message(_ id: MessageID, visibleTo party: PartyID?) throws(StoreError) -> StoredMessage? {
    guard var message = try message(id) else { return nil }
    guard let party, message.envelope.sender != party else { return message }
    message.deliveries.removeAll { $0.destination != party }
    return message.deliveries.isEmpty ? nil : message
  }
}
