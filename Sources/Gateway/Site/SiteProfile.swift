package import Delivery
package import DocumentKit
package import DossierModel
package import Reception
package import Validation

/// A partner profile: the messages of the tongue, and how deliveries are made in it.
package struct SiteProfile: Sendable {
  package var position: YAMLPosition
  package var name: String
  /// Prose: whose tongue it is.
  package var title: String
  package var messages: [MessageType]
  /// What codes in its messages are checked against, by the name of the message type.
  package var codeRules: [String: [CodeRule]]
  /// nil for a tongue that is only received, or only pulled.
  package var delivery: PartnerProfile?
  /// How the partner calls us; nil where it does not, or as others do.
  package var callbacks: CallbackProfile?
}
