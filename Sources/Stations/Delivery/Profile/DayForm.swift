package import ServiceKit

/// How a partner writes the days of its dictionaries; what follows the day, such as a time, is left aside.
package enum DayForm: String, Sendable, CaseIterable {
  case iso = "yyyy-MM-dd"
  case compact = "yyyyMMdd"
  case vietnamese = "dd/MM/yyyy"

  /// Nil for a text that does not begin so, and for days that do not exist.
  package func read(_ text: String) -> CivilDay? {
    let bytes = Array(text.utf8.prefix(rawValue.utf8.count))
    guard bytes.count == rawValue.utf8.count else { return nil }
    func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    switch self {
    case .iso: return CivilDay(part(0..<10))
    case .compact: return CivilDay("\(part(0..<4))-\(part(4..<6))-\(part(6..<8))")
    case .vietnamese:
      guard part(2..<3) == "/", part(5..<6) == "/" else { return nil }
      return CivilDay("\(part(6..<10))-\(part(3..<5))-\(part(0..<2))")
    }
  }
}
