package import DossierModel
package import ServiceKit

/// What somebody other than a message wants of a procedure under way: its timer, or an operator.
package struct ConductOrder: Sendable {
  package var dossier: DossierCode
  package var occasion: ConductOccasion
  package var at: Timestamp

  package init(_ dossier: DossierCode, _ occasion: ConductOccasion, at: Timestamp) {
    self.dossier = dossier
    self.occasion = occasion
    self.at = at
  }
}
