package import DocumentKit
package import DossierModel
import ServiceKit
package import Translation

/// What the site adds to dossiers whose senders do not tell it: one of `enrichments` of gateway.yaml.
///
///     - from: [dvclt]
///       when: "starts-with(procedure/code, '2.002621')"
///       add: { procedure/name: Liên thông khai sinh, unit/name: UBND phường }
package struct SiteEnrichment: Sendable {
  package var position: YAMLPosition
  package var senders: Set<PartyID>?
  package var condition: String?
  package var additions: [Enrichment.Addition]
}

extension SiteEnrichment {
  init(reading section: ConfigurationSection) {
    position = section.position
    senders = section.node("from") == nil ? nil : Set(section.strings("from").map { PartyID($0) })
    condition = section.optionalString("when")
    let add = section.requiredSection("add")
    add.allowAnyKey()
    additions = add.keys.map { path in
      Enrichment.Addition(path: path.split(separator: "/").map(String.init), text: add.string(path))
    }
    if additions.isEmpty {
      section.note(
        Sentence("nothing is added", "không thêm gì"), key: "add",
        remedy: Sentence(
          "name a path of the canonical dossier and its text", "hãy nêu một đường dẫn của hồ sơ chuẩn và chuỗi của nó"))
    }
  }
}
