import Delivery
import DocumentKit
import DossierModel
import Translation

extension SitePlan {
  /// Mappings that write files in a form for which the site, the sender or the partner's profile does not say enough.
  static func fileMisfits(
    of site: Site, receiving received: [PartyID: [MessageType]], _ catalogue: Catalogue
  ) -> [String] {
    var problems: Set<String> = []
    for entry in site.parties {
      guard let types = received[entry.party.id] else { continue }
      let profile = site.profiles.first { $0.name == entry.receiving?.profile }
      for type in types {
        for row in catalogue.fromCanonical[type.name]?.fileRows ?? [] where row.form.isUpload {
          if profile?.delivery?.upload == nil || entry.receiving?.address == nil {
            problems.insert(
              "\(row.position): this row writes what the recipient calls an uploaded file and nothing is uploaded to "
                + "‘\(entry.party.id)’ (add ‘upload’ to ‘delivery’ of the profile ‘\(profile?.name ?? "")’)")
          }
        }
        for row in catalogue.fromCanonical[type.name]?.fileRows ?? [] where row.form == .url {
          if site.files.publicAddress == nil {
            problems.insert(
              "\(row.position): this row writes addresses of files and the site has none to write "
                + "(add ‘publicAddress: https://…’ to \(site.folder)/gateway.yaml, as partners reach the gateway)")
          }
          if site.files.addressKey == nil {
            problems.insert(
              "\(row.position): this row writes addresses of files and the site has no key to sign them "
                + "(add ‘files: { addressKey: file:secrets/… }’ to \(site.folder)/gateway.yaml)")
          }
        }
      }
    }
    for entry in site.parties where entry.filesFrom.isEmpty {
      for type in entry.party.sends.sorted() {
        for row in catalogue.toCanonical[type]?.fileRows ?? [] where row.form == .fetch {
          problems.insert(
            "\(entry.position): files named by ‘\(entry.party.id)’ are to be fetched (\(row.position)) and it does not "
              + "say from where (add ‘filesFrom: [{ address: https://… }]’)")
        }
      }
    }
    return problems.sorted()
  }
}
