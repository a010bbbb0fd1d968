import Delivery
import DossierModel
import ServiceKit

extension SiteProfile {
  /// Versions of the profile format that this program reads.
  private static let formatVersions = 1...1

  init(reading section: ConfigurationSection) {
    position = section.position
    let name = section.string("profile")
    self.name = name
    _ = section.integer("version", in: Self.formatVersions)
    title = section.string("title")
    messages = section.namedSections("messages").map { key, message in
      let format: MessageType.Format = message.choice("format")
      let kind: MessageKind = message.choice("kind")
      return MessageType(
        name: "\(name)/\(key)", format: format, kind: kind, recognise: message.string("recognise"),
        schema: message.string("schema"), toCanonical: message.optionalString("toCanonical"),
        fromCanonical: message.optionalString("fromCanonical"), isPartial: message.boolean("partial", default: false),
        identity: message.optionalString("identity"))
    }
    delivery = PartnerProfile(reading: section)
  }
}
