package import DossierModel
package import ServiceKit

/// A procedure that is or was conducted for a dossier, as it stands.
package struct StoredProcedure: Sendable, Equatable {
  /// The code under which it began.
  package var dossier: DossierCode
  package var procedure: String
  package var version: Int
  /// Who began it.
  package var sender: PartyID
  /// The conductor's own.
  package var state: [UInt8]
  /// The word of how it ended; nil while it is under way.
  package var outcome: String?
  package var dueAt: Timestamp?
  /// When the conductor wants to be asked.
  package var timer: Timestamp?
  package var beganAt: Timestamp
  package var changedAt: Timestamp
}
