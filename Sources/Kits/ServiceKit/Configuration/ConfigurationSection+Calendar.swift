import DocumentKit

// Days, days of the week and times of day; without a default a key is required.

extension ConfigurationSection {
  /// `"HH:mm"`, by Viet Nam's clock; `24:00` is the end of a day.
  package func timeOfDay(_ key: String, default defaultValue: TimeOfDay? = nil) -> TimeOfDay {
    read(key, default: defaultValue, standIn: .midnight) { (node) throws(ConfigurationFault) in
      let text = try Self.converting { () throws(YAMLError) in try node.readString() }
      guard let time = TimeOfDay(text) else {
        throw ConfigurationFault(
          .wrongType, Sentence("this is no time of day", "đây không phải là giờ trong ngày"),
          remedy: Sentence(
            "write it like \"22:00\", in quotation marks, by Viet Nam's clock",
            "hãy viết dạng \"22:00\", trong dấu nháy, theo giờ Việt Nam"))
      }
      return time
    }
  }

  package func optionalTimeOfDay(_ key: String) -> TimeOfDay? {
    node(key) == nil ? nil : timeOfDay(key)
  }

  /// `yyyy-MM-dd`.
  package func day(_ key: String, default defaultValue: CivilDay? = nil) -> CivilDay {
    read(key, default: defaultValue, standIn: .first) { (node) throws(ConfigurationFault) in
      let text = try Self.converting { () throws(YAMLError) in try node.readString() }
      guard let day = CivilDay(text) else {
        throw ConfigurationFault(
          .wrongType, Sentence("this is no day of the calendar", "đây không phải là ngày trong lịch"),
          remedy: Sentence("write it like 2026-09-02", "hãy viết dạng 2026-09-02"))
      }
      return day
    }
  }

  /// A list of `mon` to `sun`.
  package func weekdays(_ key: String, default defaultValue: Set<Weekday>? = nil) -> Set<Weekday> {
    read(key, default: defaultValue, standIn: []) { (node) throws(ConfigurationFault) in
      var days = Set<Weekday>()
      for word in try Self.converting({ () throws(YAMLError) in try node.readStrings() }) {
        guard let day = Weekday(rawValue: word) else {
          throw ConfigurationFault(
            .notAllowed, Sentence("‘\(word)’ is no day of the week", "‘\(word)’ không phải là ngày trong tuần"),
            remedy: Sentence(
              "write a list of \(Weekday.allCases.map(\.rawValue).joined(separator: ", "))",
              "hãy viết danh sách gồm \(Weekday.allCases.map(\.rawValue).joined(separator: ", "))"))
        }
        days.insert(day)
      }
      return days
    }
  }
}
