import DocumentKit
package import ServiceKit

extension FetchPlan {
  /// Pauses between two fetches.
  package static let everyRange = Duration.seconds(1)...(.seconds(31 * 86_400))
  /// How long the hours of a night may be.
  package static let nightRange = Duration.seconds(60)...(.seconds(12 * 3_600))

  /// Reads `nightly: { from: "01:00", for: 4h }` or `every: 12h` of a dictionary; nil where it says neither.
  package init?(reading section: ConfigurationSection) {
    let night = section.section("nightly")
    let isRegular = section.keys.contains("every")
    let every = section.duration("every", in: Self.everyRange, default: .seconds(86_400))
    guard night.isPresent else {
      guard isRegular else { return nil }
      self = .every(every)
      return
    }
    if isRegular {
      section.note(
        Sentence("a dictionary is fetched nightly or every so often", "danh mục được tải hằng đêm hoặc theo chu kỳ"),
        key: "every", remedy: Sentence("remove one of the two", "hãy bỏ một trong hai"))
    }
    let length = night.duration("for", in: Self.nightRange, default: .seconds(4 * 3_600))
    self = .nightly(from: night.timeOfDay("from"), minutes: Int(length.components.seconds / 60))
  }
}
