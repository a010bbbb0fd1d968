package import DossierModel

/// A recorded message as it can be looked up, without its bytes.
package struct StoredMessage: Sendable {
  package var envelope: Envelope
  package var fields: DossierFields
  package var bytes: Int
  package var deliveries: [StoredDelivery]
  /// That its bytes are gone; nil while they are kept.
  package var pruning: Pruning?
}
