package import ServiceKit

/// How a partner wants moments written: letters for the fields of Viet Nam's clock, everything else as it stands.
///
/// `yyyy`, `MM`, `dd`, `HH`, `mm`, `ss`, `SSS`; `'T'` is a letter that is meant; `Z` is the offset, `+07:00`. `unix` is
/// seconds since 1970, `unixMilliseconds` a thousand times as many.
package struct PollTimeFormat: Sendable, Equatable {
  private enum Part: Sendable, Equatable {
    case literal(String)
    case year
    case month
    case day
    case hour
    case minute
    case second
    case millisecond
    case offset
    case unix
    case unixMilliseconds
  }

  private static let fields: [(letters: String, part: Part)] = [
    ("yyyy", .year), ("MM", .month), ("dd", .day), ("HH", .hour), ("mm", .minute), ("ss", .second),
    ("SSS", .millisecond), ("Z", .offset),
  ]

  private let parts: [Part]

  /// nil for a text with a letter that is no field, or without any.
  package init?(_ pattern: String) {
    if pattern == "unix" || pattern == "unixMilliseconds" {
      parts = [pattern == "unix" ? .unix : .unixMilliseconds]
      return
    }
    var parts: [Part] = []
    var rest = pattern[...]
    while let character = rest.first {
      if let field = Self.fields.first(where: { rest.hasPrefix($0.letters) }) {
        parts.append(field.part)
        rest = rest.dropFirst(field.letters.count)
      } else if character == "'" {
        rest = rest.dropFirst()
        guard let end = rest.firstIndex(of: "'") else { return nil }
        parts.append(.literal(String(rest[..<end])))
        rest = rest[end...].dropFirst()
      } else if character.isLetter {
        return nil
      } else {
        parts.append(.literal(String(character)))
        rest = rest.dropFirst()
      }
    }
    guard parts.contains(.year) else { return nil }
    self.parts = parts
  }

  package func text(_ moment: Timestamp) -> String {
    guard let time = CivilDateTime(moment, offset: .vietnam) else { return "" }
    return parts.map { part in
      switch part {
      case .literal(let text): text
      case .year: Self.digits(time.year, 4)
      case .month: Self.digits(time.month, 2)
      case .day: Self.digits(time.day, 2)
      case .hour: Self.digits(time.hour, 2)
      case .minute: Self.digits(time.minute, 2)
      case .second: Self.digits(time.second, 2)
      case .millisecond: Self.digits(time.microsecond / 1_000, 3)
      case .offset: UTCOffset.vietnam.text
      case .unix: String(moment.seconds)
      case .unixMilliseconds: String(moment.milliseconds)
      }
    }.joined()
  }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
  }
}
