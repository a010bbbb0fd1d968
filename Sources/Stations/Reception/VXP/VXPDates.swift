import ServiceKit

/// Days and moments as this wire has them: the client passes on what its program wrote, so several forms are read. All are
/// Vietnam's time.
enum VXPDates {
  /// The beginning of a day: `2026/11/20`, `2026-11-20` or `20/11/2026`, also with a time behind it, which is left aside.
  static func day(_ text: String) -> Timestamp? {
    let day = text.prefix { $0 != " " && $0 != "T" }
    let parts = day.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "-" }
    guard parts.count == 3, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else { return nil }
    let isYearFirst = parts[0].count == 4
    guard let year = Int(parts[isYearFirst ? 0 : 2]), let month = Int(parts[1]),
      let day = Int(parts[isYearFirst ? 2 : 0]),
      parts[isYearFirst ? 0 : 2].count == 4
    else { return nil }
    return CivilDateTime(year: year, month: month, day: day)?.timestamp(offset: .vietnam)
  }

  /// `2026/11/20 14:05:09`, as moments are written in the documents themselves.
  static func text(_ moment: Timestamp) -> String {
    guard let time = CivilDateTime(moment, offset: .vietnam) else { return "" }
    let pair = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return "\(time.year)/\(pair(time.month))/\(pair(time.day)) "
      + "\(pair(time.hour)):\(pair(time.minute)):\(pair(time.second))"
  }
}
