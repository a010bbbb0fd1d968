package import DocumentKit
package import DossierModel
import ServiceKit

/// A procedure that the site conducts, with its place in the file: who plays its roles there.
package struct SiteProcedure: Sendable {
  package var position: YAMLPosition
  /// Names it in `Deploy/procedures`.
  package var name: String
  /// The parties by the roles of the definition; a role that is not here is the party of the same name.
  package var parties: [PartyID: PartyID]
  /// Procedure codes that begin it here, beside those of the definition.
  package var codes: Set<String>
}

extension SiteProcedure {
  init(reading named: (name: String, section: ConfigurationSection)) {
    position = named.section.position
    name = named.name
    codes = Set(named.section.strings("codes", default: []))
    let roles = named.section.section("parties")
    roles.allowAnyKey()
    parties = Dictionary(uniqueKeysWithValues: roles.keys.map { (PartyID($0), PartyID(roles.string($0))) })
  }
}
