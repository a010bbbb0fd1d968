import Delivery
import DossierModel
import Gateway

/// Which party of a site is its portal.
enum PortalParty {
  /// The lookup by which a portal is asked whether it has a dossier.
  static let lookup = "ho-so"
  static let parameter = "maHoSo"

  /// The party that `--portal` names, or the only one that receives and can be asked for dossiers.
  static func find(_ name: String?, in site: Site) throws(CommandFailure) -> PartyID {
    if let name {
      guard site.parties.contains(where: { $0.party.id.text == name }) else {
        throw .unusable("the site has no party '\(name)'")
      }
      return PartyID(name)
    }
    let candidates = site.parties.filter { entry in
      guard let receiving = entry.receiving, receiving.address != nil else { return false }
      let profile = site.profiles.first { $0.name == receiving.profile }
      return profile?.delivery?.lookups.contains { $0.name == lookup } == true
    }
    guard candidates.count == 1 else {
      let known = candidates.isEmpty ? "none" : candidates.map(\.party.id.text).joined(separator: ", ")
      throw .unusable(
        "say which party is the portal with --portal PARTY; those that can be asked for dossiers: \(known)")
    }
    return candidates[0].party.id
  }
}
