import DocumentKit
import DossierModel
import ServiceKit

extension RetentionPolicy {
  /// The shortest period: what is on its way is finished within it or is not finished yet.
  package static let minimum = Duration.seconds(3_600)
  package static let maximum = Duration.seconds(100 * 366 * 86_400)

  /// `section`: `retention` of `gateway.yaml`.
  init(reading section: ConfigurationSection) {
    self = .keepsAll
    if let rule = Self.rule("default", of: section, path: "retention") { standard = rule }
    let types = section.section("types")
    for name in types.keys {
      if let rule = Self.rule(name, of: types, path: "retention.types") { self.types[name] = rule }
    }
  }

  private static func rule(_ key: String, of section: ConfigurationSection, path: String) -> Rule? {
    guard let node = section.node(key), let word = section.optionalString(key) else { return nil }
    let period: Period =
      word == "forever" ? .forever : .time(section.duration(key, in: minimum...maximum, default: maximum))
    return Rule(period: period, text: "\(path).\(key): \(word)", position: node.position)
  }
}

extension SitePlan {
  /// Rules for message types that no profile has.
  static func retentionMisfits(of site: Site) -> [SiteFinding] {
    let known = Set(site.profiles.flatMap { $0.messages.map(\.name) })
    return site.retention.types.filter { !known.contains($0.key) }.compactMap { name, rule in
      rule.position.map {
        SiteFinding(
          .name, at: $0,
          Sentence("no profile has the message type ‘\(name)’", "không hồ sơ đối tác nào có loại bản tin ‘\(name)’"),
          remedy: Sentence(
            "see Deploy/partners; ‘retention.default’ holds for messages of types that are no longer there",
            "xem Deploy/partners; bản tin thuộc loại không còn nữa theo ‘retention.default’"))
      }
    }
    .sorted { $0.description < $1.description }
  }
}
