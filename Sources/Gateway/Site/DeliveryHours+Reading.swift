import Delivery
import ServiceKit

// When and how fast a party takes deliveries, as its file says it under `receives`.

extension DeliveryHours {
  private enum Weekday: String, CaseIterable {
    case mon, tue, wed, thu, fri, sat, sun

    /// ISO 8601's number.
    var number: Int { Self.allCases.firstIndex(of: self)! + 1 }
  }

  /// Reads `quiet` and `maintenance`. What is wrong is noted and left out.
  init(reading section: ConfigurationSection) {
    let quiet = section.sections("quiet").compactMap(Self.quiet)
    let maintenance = section.sections("maintenance").compactMap(Self.maintenance)
    guard let hours = DeliveryHours(quiet: quiet, maintenance: maintenance) else {
      section.note(
        "the quiet hours leave no minute of the week to send in", key: "quiet", remedy: "leave some time between them")
      self = .always
      return
    }
    self = hours
  }

  // Every key is read before anything is given up: one that was not read would be called unknown.
  private static func quiet(_ section: ConfigurationSection) -> Quiet? {
    let (from, to) = (minutes(section, "from"), minutes(section, "to"))
    var weekdays = Set<Int>()
    for word in section.strings("days", default: Weekday.allCases.map(\.rawValue)) {
      guard let day = Weekday(rawValue: word) else {
        section.note(
          "‘\(word)’ is no day of the week", key: "days",
          remedy: "write a list of \(Weekday.allCases.map(\.rawValue).joined(separator: ", "))")
        return nil
      }
      weekdays.insert(day.number)
    }
    guard let from, let to else { return nil }
    return Quiet(weekdays: weekdays, from: from, length: to > from ? to - from : to + 1_440 - from)
  }

  /// Minutes after midnight of `HH:mm`, 24:00 among them.
  private static func minutes(_ section: ConfigurationSection, _ key: String) -> Int? {
    let text = section.string(key)
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour < 24 || (hour == 24 && minute == 0)
    {
      return (hour * 60 + minute) % 1_440
    }
    section.note(
      "this is no time of day", key: key, remedy: "write it like \"22:00\", in quotation marks, by Viet Nam's clock")
    return nil
  }

  private static func maintenance(_ section: ConfigurationSection) -> Maintenance? {
    // Why, for whoever reads the file later; the gateway needs it for nothing.
    _ = section.optionalString("reason")
    let (start, end) = (moment(section, "from"), moment(section, "to"))
    guard let from = start, let to = end else { return nil }
    guard from < to else {
      section.note("the maintenance ends before it begins", key: "to", remedy: "swap the two")
      return nil
    }
    return Maintenance(from: from, to: to)
  }

  private static func moment(_ section: ConfigurationSection, _ key: String) -> Timestamp? {
    do throws(TimestampError) {
      return try Timestamp(rfc3339: section.string(key), assuming: .vietnam)
    } catch {
      section.note("this is no moment", key: key, remedy: "write it like 2026-12-01T22:00:00+07:00")
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
