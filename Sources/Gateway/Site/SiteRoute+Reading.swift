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
        Sentence(
          "only progress is coalesced: every dossier goes as it came",
          "chỉ gộp bản tin tiến độ: mỗi hồ sơ đi đúng như khi đến"), key: "coalesce",
        remedy: Sentence(
          "say ‘message: progress’, or remove this key", "hãy viết ‘message: progress’, hoặc bỏ khóa này"))
    }
    if route.to.isEmpty {
      section.note(
        Sentence("this route leads nowhere", "tuyến này không dẫn tới đâu"), key: "to",
        remedy: Sentence("name at least one party, or remove the route", "hãy nêu ít nhất một bên, hoặc bỏ tuyến này"))
    }
  }
}
