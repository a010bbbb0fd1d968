import DossierModel
import Routing
import ServiceKit

extension SiteRoute {
  init(reading section: ConfigurationSection) {
    position = section.position
    let kind: MessageKind = section.choice("message")
    route = Route(
      name: section.string("name"), message: kind,
      from: section.node("from") == nil ? nil : Set(section.strings("from").map { PartyID($0) }),
      when: section.optionalString("when"), to: section.strings("to").map { PartyID($0) })
    if route.to.isEmpty {
      section.note("this route leads nowhere", key: "to", remedy: "name at least one party, or remove the route")
    }
  }
}
