import Delivery
import DocumentKit
import ServiceKit

// When and how fast a party takes deliveries, as its file says it under `receives`.

extension DeliveryHours {
  /// Reads `quiet` and `maintenance`. What is wrong is noted and left out.
  init(reading section: ConfigurationSection) {
    let quiet = section.sections("quiet").map(Self.quiet)
    let maintenance = section.sections("maintenance").compactMap(Self.maintenance)
    guard let hours = DeliveryHours(quiet: quiet, maintenance: maintenance) else {
      section.note(
        Sentence(
          "the quiet hours leave no minute of the week to send in",
          "giờ tạm dừng không để lại phút nào trong tuần để gửi"), key: "quiet",
        remedy: Sentence("leave some time between them", "hãy để lại thời gian giữa các khoảng"))
      self = .always
      return
    }
    self = hours
  }

  private static func quiet(_ section: ConfigurationSection) -> Quiet {
    let (from, to) = (section.timeOfDay("from").minutes % 1_440, section.timeOfDay("to").minutes)
    return Quiet(
      weekdays: section.weekdays("days", default: Set(Weekday.allCases)), from: from,
      length: to > from ? to - from : to + 1_440 - from)
  }

  private static func maintenance(_ section: ConfigurationSection) -> Maintenance? {
    // Why, for whoever reads the file later; the gateway needs it for nothing.
    _ = section.optionalString("reason")
    let (start, end) = (moment(section, "from"), moment(section, "to"))
    guard let from = start, let to = end else { return nil }
    guard from < to else {
      section.note(
        Sentence("the maintenance ends before it begins", "đợt bảo trì kết thúc trước khi bắt đầu"), key: "to",
        remedy: Sentence("swap the two", "hãy đổi chỗ hai giá trị"))
      return nil
    }
    return Maintenance(from: from, to: to)
  }

  private static func moment(_ section: ConfigurationSection, _ key: String) -> Timestamp? {
    do throws(TimestampError) {
      return try Timestamp(rfc3339: section.string(key), assuming: .vietnam)
    } catch {
      section.note(
        Sentence("this is no moment", "đây không phải là thời điểm"), key: key,
        remedy: Sentence("write it like 2026-12-01T22:00:00+07:00", "hãy viết dạng 2026-12-01T22:00:00+07:00"))
      return nil
    }
  }
}

extension RateLimit {
  /// Reads `rate`; nil when there is none.
  init?(reading section: ConfigurationSection) {
    guard section.isPresent else { return nil }
    self.init(
      requests: section.integer("requests", in: 1...1_000_000),
      period: section.duration("period", in: .seconds(1)...(.seconds(86_400)), default: .seconds(60)),
      burst: section.integer("burst", in: 1...10_000, default: 1))
  }
}
