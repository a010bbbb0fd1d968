import DossierModel

extension MessageKey {
  /// The key that a sender gave: one name space for all doors, so that a message that was sent at one and is sent again at
  /// another is the same.
  init(senders key: String) { self.init("key \(key)") }
}
