package import DossierModel
package import ServiceKit

/// Which awaited dossiers a poll asks about.
package struct AwaitedQuery: Sendable {
  package var party: PartyID
  /// Types of the messages by which they went out.
  package var types: Set<String>
  /// Only of these procedures; empty for all.
  package var procedures: Set<String>
  /// Canonical statuses after which nothing more is awaited.
  package var ends: Set<String>
  /// Dossiers delivered before this are given up.
  package var since: Timestamp

  package init(
    party: PartyID, types: Set<String>, procedures: Set<String> = [], ends: Set<String>, since: Timestamp
  ) {
    self.party = party
    self.types = types
    self.procedures = procedures
    self.ends = ends
    self.since = since
  }

  package struct Answer: Sendable, Equatable {
    /// To ask about, the one asked longest ago first.
    package var open: [AwaitedDossier]
    /// Of those looked at, the ones that are over.
    package var over: [AwaitedDossier]

    package init(open: [AwaitedDossier] = [], over: [AwaitedDossier] = []) {
      self.open = open
      self.over = over
    }
  }
}
