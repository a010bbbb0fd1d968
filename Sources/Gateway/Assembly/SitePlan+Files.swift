import Delivery
import DocumentKit
import DossierModel
import Translation

extension SitePlan {
  /// Mappings that write files in a form for which the site, the sender or the partner's profile does not say enough.
  static func fileMisfits(
    of site: Site, receiving received: [PartyID: [MessageType]], _ catalogue: Catalogue
  ) -> [SiteFinding] {
    var problems: Set<SiteFinding> = []
    for entry in site.parties {
      guard let types = received[entry.party.id] else { continue }
      let profile = site.profiles.first { $0.name == entry.receiving?.profile }
      for type in types {
        for row in catalogue.fromCanonical[type.name]?.fileRows ?? [] where row.form.isUpload {
          if profile?.delivery?.upload == nil || entry.receiving?.address == nil {
            problems.insert(
              SiteFinding(
                .misfit, at: row.position,
                Sentence(
                  "this row writes what the recipient calls an uploaded file and nothing is uploaded to "
                    + "‘\(entry.party.id)’",
                  "dòng này ghi tên mà bên nhận gọi tệp đã tải lên, nhưng không tải gì lên ‘\(entry.party.id)’"),
                remedy: Sentence(
                  "add ‘upload’ to ‘delivery’ of the profile ‘\(profile?.name ?? "")’",
                  "hãy thêm ‘upload’ vào ‘delivery’ của hồ sơ đối tác ‘\(profile?.name ?? "")’")))
          }
        }
        for row in catalogue.fromCanonical[type.name]?.fileRows ?? [] where row.form == .url {
          if site.files.publicAddress == nil {
            problems.insert(
              SiteFinding(
                .misfit, at: row.position,
                Sentence(
                  "this row writes addresses of files and the site has none to write",
                  "dòng này ghi địa chỉ tệp mà trục không có địa chỉ để ghi"),
                remedy: Sentence(
                  "add ‘publicAddress: https://…’ to \(site.folder)/gateway.yaml, as partners reach the gateway",
                  "hãy thêm ‘publicAddress: https://…’ vào \(site.folder)/gateway.yaml, là địa chỉ đối tác dùng để tới trục"
                )))
          }
          if site.files.addressKey == nil {
            problems.insert(
              SiteFinding(
                .misfit, at: row.position,
                Sentence(
                  "this row writes addresses of files and the site has no key to sign them",
                  "dòng này ghi địa chỉ tệp mà trục không có khóa để ký"),
                remedy: Sentence(
                  "add ‘files: { addressKey: file:secrets/… }’ to \(site.folder)/gateway.yaml",
                  "hãy thêm ‘files: { addressKey: file:secrets/… }’ vào \(site.folder)/gateway.yaml")))
          }
        }
      }
    }
    for entry in site.parties where entry.filesFrom.isEmpty {
      for type in entry.party.sends.sorted() {
        for row in catalogue.toCanonical[type]?.fileRows ?? [] where row.form == .fetch {
          problems.insert(
            SiteFinding(
              .misfit, at: entry.position,
              Sentence(
                "files named by ‘\(entry.party.id)’ are to be fetched (\(row.position)) and it does not say from where",
                "phải tải các tệp mà ‘\(entry.party.id)’ nêu (\(row.position)) nhưng không nói tải từ đâu"),
              remedy: Sentence(
                "add ‘filesFrom: [{ address: https://… }]’", "hãy thêm ‘filesFrom: [{ address: https://… }]’")))
        }
      }
    }
    return problems.sorted { $0.description < $1.description }
  }
}
