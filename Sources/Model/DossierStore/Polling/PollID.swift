package import DossierModel

/// One question that a partner is asked again and again: the party, and the poll's name in its profile.
package struct PollID: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let party: PartyID
  package let name: String

  package init(_ party: PartyID, _ name: String) {
    self.party = party
    self.name = name
  }

  package var description: String { "\(party) \(name)" }

  package static func < (left: PollID, right: PollID) -> Bool {
    (left.party, left.name) < (right.party, right.name)
  }
}
