package import DossierModel
package import ServiceKit

/// One dossier as one side has it in its list. Nothing of its owner.
package struct ListedDossier: Sendable, Equatable {
  package var code: DossierCode
  package var procedure: String?
  package var status: DossierStatus?
  /// What the list says in the place of a status and nobody here knows; nil where it says one, or nothing.
  package var unknownStatus: String?
  package var receivedAt: Timestamp?

  package init(
    _ code: DossierCode, procedure: String? = nil, status: DossierStatus? = nil, unknownStatus: String? = nil,
    receivedAt: Timestamp? = nil
  ) {
    self.code = code
    self.procedure = procedure
    self.status = status
    self.unknownStatus = unknownStatus
    self.receivedAt = receivedAt
  }
}

extension DossierCode {
  /// Whether this code stands before another in the order of lists: byte by byte, as databases sort it.
  package func precedes(_ other: DossierCode) -> Bool { text.utf8.lexicographicallyPrecedes(other.text.utf8) }
}
