package import DossierModel

/// Which parties an agency code means, and by which code each is called.
package struct VXPAgencies: Sendable {
  private let parties: [String: Set<PartyID>]
  private let codes: [PartyID: String]

  /// Parties with an agency code; several systems of one agency share theirs.
  package init(_ parties: [Party]) {
    var byCode: [String: Set<PartyID>] = [:]
    var codes: [PartyID: String] = [:]
    for party in parties {
      guard let agency = party.agency else { continue }
      byCode[agency, default: []].insert(party.id)
      codes[party.id] = agency
    }
    self.parties = byCode
    self.codes = codes
  }

  /// The parties that can be named as receivers.
  package var addressable: Set<PartyID> { Set(codes.keys) }

  /// The parties of this very agency; nil when no such agency takes part.
  func parties(of code: String) -> Set<PartyID>? { parties[code] }

  /// The parties of this agency, or of the nearest one above it that takes part: `H99.14.5` is a unit of `H99.14`.
  func parties(ofUnit code: String) -> Set<PartyID>? {
    var code = code[...]
    while true {
      if let found = parties[String(code)] { return found }
      guard let dot = code.lastIndex(of: ".") else { return nil }
      code = code[..<dot]
    }
  }

  /// How the wire calls a party: by its agency's code, or by its own name where it has none.
  func code(of party: PartyID) -> String { codes[party] ?? party.text }
}
