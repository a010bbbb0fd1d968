import DocumentKit
import DossierModel
import Routing
import ServiceKit

extension SiteRoute {
  init(reading section: ConfigurationSection) {
    position = section.position
    condition = section.node("when")?.position
    let kind: MessageKind = section.choice("message")
    route = Route(
      name: section.string("name"), message: kind,
      from: section.node("from") == nil ? nil : Set(section.strings("from").map { PartyID($0) }),
      when: section.optionalString("when"), to: section.strings("to").map { PartyID($0) },
      coalescing: section.choice("coalesce", default: Coalescing.none))
    if route.coalescing == .latestProgress, kind != .progress {
      section.note(
        "only progress is coalesced: every dossier goes as it came", key: "coalesce",
        remedy: "say ‘message: progress’, or remove this key")
    }
    if route.to.isEmpty {
      section.note("this route leads nowhere", key: "to", remedy: "name at least one party, or remove the route")
    }
  }
}
