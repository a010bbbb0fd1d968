package import DossierModel
package import Statistics

/// One thing that does not agree.
package struct Discrepancy: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    /// The ledger has it, the other side has not.
    case missingThere
    /// The other side has it, the ledger has not.
    case missingHere
    case stateDiffers
    case procedureDiffers
    /// The other side lists it more than once.
    case duplicate
  }

  /// The other side.
  package enum Side: String, Sendable, CaseIterable {
    case sender
    case portal
  }

  package let kind: Kind
  package let side: Side
  package let code: DossierCode
  package var procedure: String?
  /// What the ledger says; nil where it has no such dossier, or no status of it.
  package var ours: String?
  /// What the other side says, in its words.
  package var theirs: String?
  /// That the difference looks like a status that was altered on the way.
  package var anomaly: CaseAnomaly?
  /// Where the ledger says that the portal took it, and the portal does not list it.
  package var wasDelivered = false

  package init(_ kind: Kind, _ side: Side, _ code: DossierCode) {
    self.kind = kind
    self.side = side
    self.code = code
  }
}
