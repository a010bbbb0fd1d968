package import DocumentKit

/// Lengths of time as people say them at a glance: 45 s, 12 min, 3 h, 5 d.
package enum Ages {
  package static func short(_ duration: Duration, in language: Language = .english) -> String {
    let seconds = max(0, duration.components.seconds)
    let (number, unit) =
      switch seconds {
      case ..<120: (seconds, Sentence("s", "giây"))
      case ..<7_200: (seconds / 60, Sentence("min", "phút"))
      case ..<172_800: (seconds / 3_600, Sentence("h", "giờ"))
      default: (seconds / 86_400, Sentence("d", "ngày"))
      }
    return "\(number) \(unit.text(in: language))"
  }
}
