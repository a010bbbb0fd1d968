package import DossierModel

/// A message that is on the disk, with the receipt its sender is owed.
package struct RecordedMessage: Sendable {
  package var receipt: Receipt
  /// It was recorded before; this is the first receipt again and nothing new was stored.
  package var isDuplicate: Bool
}
