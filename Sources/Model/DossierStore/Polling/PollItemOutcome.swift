package import DossierModel

/// What became of an item that a partner handed out, on its way down the line.
package enum PollItemOutcome: Sendable, Equatable {
  /// It is on the disk; `isNew` false when it was there before.
  case taken(isNew: Bool)
  /// Never as it is: rules, not values.
  case refused(FaultCode, note: String)
  /// Nothing can be stored just now.
  case postponed
}
