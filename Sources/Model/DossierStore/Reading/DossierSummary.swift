package import DossierModel
package import ServiceKit

/// One dossier in a listing.
package struct DossierSummary: Sendable {
  package var code: DossierCode
  package var procedure: String?
  package var status: String?
  package var latestAt: Timestamp
  package var messages: Int
  /// Deliveries that are not done.
  package var openDeliveries: Int
}
