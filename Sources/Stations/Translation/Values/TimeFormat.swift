/// One partner's way of writing a date or a moment, read strictly and written exactly.
///
/// A format is `iso`, `epochMilliseconds`, or a pattern of `yyyy MM dd HH mm ss fff` with literal signs between them,
/// such as `yyyyMMddHHmmss`, `dd/MM/yyyy HH:mm:ss` or `yyyy-MM-ddTHH:mm:ss.fff`. Every part has a fixed width; a
/// pattern without a time of day means 00:00 in Vietnam. What does not fit entirely is not read at all.
package struct TimeFormat: Sendable, Equatable {
  /// The format as the mapping names it.
  package let name: String
  private let kind: Kind

  private enum Kind: Sendable, Equatable {
    case iso
    case epochMilliseconds
    case pattern([Part])
  }

  enum Part: Sendable, Equatable {
    case year, month, day, hour, minute, second, millisecond
    case literal(UInt8)
  }

  /// The canonical side of every time: ISO 8601 with offset, `2026-11-20T08:30:00+07:00`.
  package static let iso = TimeFormat(name: "iso", kind: .iso)
  /// Milliseconds since 1970-01-01T00:00:00Z as decimal digits.
  package static let epochMilliseconds = TimeFormat(name: "epochMilliseconds", kind: .epochMilliseconds)

  /// Longest text that is read as a time; longer ones are refused without being looked at.
  static let textBytesLimit = 64

  /// Nil if `name` is no format: an unknown letter, a part twice, or a date without year, month and day.
  package init?(_ name: String) {
    switch name {
    case "iso": self = .iso
    case "epochMilliseconds": self = .epochMilliseconds
    default:
      guard let parts = Self.parts(of: Array(name.utf8)) else { return nil }
      self.init(name: name, kind: .pattern(parts))
    }
  }

  private init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// Writes `text`, which is in this format, in the format `other`; nil if `text` is not in this format, names a day
  /// that does not exist, or lies outside the years 1–9999.
  package func convert(_ text: String, to other: TimeFormat) -> String? {
    guard let time = read(text) else { return nil }
    return other.write(time)
  }

  func read(_ text: String) -> CivilTime? {
    var text = text
    return text.withUTF8 { bytes -> CivilTime? in
      guard bytes.count <= Self.textBytesLimit else { return nil }
      var scanner = DigitScanner(bytes)
      switch kind {
      case .iso: return Self.readISO(&scanner)
      case .epochMilliseconds: return Self.readEpoch(&scanner)
      case .pattern(let parts): return Self.read(parts, &scanner)
      }
    }
  }

  /// Nil if the moment has no place on Vietnam's clock within the years 1–9999.
  func write(_ time: CivilTime) -> String? {
    if kind == .epochMilliseconds { return String(time.millisecondsSince1970) }
    guard let local = time.inVietnam else { return nil }
    switch kind {
    case .pattern(let parts): return Self.write(local, parts)
    default: return Self.write(local, Self.isoParts(withFraction: local.millisecond != 0), suffix: "+07:00")
    }
  }

  private static let patternParts: [(letters: [UInt8], part: Part)] = [
    (Array("yyyy".utf8), .year), (Array("MM".utf8), .month), (Array("dd".utf8), .day), (Array("HH".utf8), .hour),
    (Array("mm".utf8), .minute), (Array("ss".utf8), .second), (Array("fff".utf8), .millisecond),
  ]

  private static func parts(of pattern: [UInt8]) -> [Part]? {
    var parts: [Part] = []
    var rest = pattern[...]
    while let first = rest.first {
      if let known = patternParts.first(where: { rest.starts(with: $0.letters) }) {
        guard !parts.contains(known.part) else { return nil }
        parts.append(known.part)
        rest = rest.dropFirst(known.letters.count)
      } else {
        let isLetter = (first | 0x20) >= UInt8(ascii: "a") && (first | 0x20) <= UInt8(ascii: "z")
        guard first == UInt8(ascii: "T") || !isLetter, first > 0x1F, first < 0x7F,
          first < UInt8(ascii: "0") || first > UInt8(ascii: "9")
        else { return nil }
        parts.append(.literal(first))
        rest = rest.dropFirst()
      }
    }
    let needs: [(Part, Part)] = [(.minute, .hour), (.second, .minute), (.millisecond, .second)]
    guard parts.contains(.year), parts.contains(.month), parts.contains(.day),
      needs.allSatisfy({ !parts.contains($0.0) || parts.contains($0.1) })
    else { return nil }
    return parts
  }

  private static func isoParts(withFraction: Bool) -> [Part] {
    withFraction ? isoWithFraction : isoWithoutFraction
  }

  private static let isoWithoutFraction = parts(of: Array("yyyy-MM-ddTHH:mm:ss".utf8)) ?? []
  private static let isoWithFraction = parts(of: Array("yyyy-MM-ddTHH:mm:ss.fff".utf8)) ?? []

  private static func read(_ parts: [Part], _ scanner: inout DigitScanner) -> CivilTime? {
    guard let values = read(parts, from: &scanner), scanner.isAtEnd else { return nil }
    return values.time(offset: CivilTime.vietnamOffset)
  }

  private static func read(_ parts: [Part], from scanner: inout DigitScanner) -> Values? {
    var values = Values()
    for part in parts {
      if case .literal(let byte) = part {
        guard scanner.skip(byte) else { return nil }
        continue
      }
      let width = part == .year ? 4 : part == .millisecond ? 3 : 2
      guard let value = scanner.number(digits: width) else { return nil }
      values.set(part, value)
    }
    return values
  }

  /// `yyyy-MM-ddTHH:mm:ss`, then a fraction of one to nine digits (kept to the millisecond), then nothing,
  /// `Z`, `±HH:mm` or, as Java writes it, `±HHmm`.
  private static func readISO(_ scanner: inout DigitScanner) -> CivilTime? {
    guard var values = read(isoWithoutFraction, from: &scanner) else { return nil }
    if scanner.skip(UInt8(ascii: ".")) {
      guard let fraction = scanner.fraction(digitsLimit: 9) else { return nil }
      values.millisecond = fraction
    }
    if scanner.isAtEnd { return values.time(offset: CivilTime.vietnamOffset) }
    if scanner.skip(UInt8(ascii: "Z")) { return scanner.isAtEnd ? values.time(offset: 0) : nil }
    let isWest = scanner.skip(UInt8(ascii: "-"))
    guard isWest || scanner.skip(UInt8(ascii: "+")), let hours = scanner.number(digits: 2) else { return nil }
    _ = scanner.skip(UInt8(ascii: ":"))
    guard let minutes = scanner.number(digits: 2), minutes < 60, scanner.isAtEnd else { return nil }
    return values.time(offset: (isWest ? -1 : 1) * (hours * 60 + minutes))
  }

  /// Whether a text of this format says more than milliseconds, which no reading keeps.
  func hasLongFraction(_ text: String) -> Bool {
    guard kind == .iso, let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return false }
    let digits = text.utf8[text.utf8.index(after: point)...].prefix {
      $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")
    }
    return digits.dropFirst(3).contains { $0 != UInt8(ascii: "0") }
  }

  private static func readEpoch(_ scanner: inout DigitScanner) -> CivilTime? {
    let isBefore = scanner.skip(UInt8(ascii: "-"))
    guard let milliseconds = scanner.number(upToDigits: 15), scanner.isAtEnd else { return nil }
    return CivilTime(millisecondsSince1970: isBefore ? -milliseconds : milliseconds)
  }

  private static func write(_ time: CivilTime, _ parts: [Part], suffix: StaticString = "") -> String {
    String(unsafeUninitializedCapacity: parts.count * widestPart + suffix.utf8CodeUnitCount) { bytes in
      var count = 0
      func append(_ value: Int, digits: Int) {
        var rest = value
        for index in (count..<count + digits).reversed() {
          bytes[index] = UInt8(ascii: "0") + UInt8(rest % 10)
          rest /= 10
        }
        count += digits
      }
      for part in parts {
        switch part {
        case .year: append(time.year, digits: widestPart)
        case .month: append(time.month, digits: 2)
        case .day: append(time.day, digits: 2)
        case .hour: append(time.hour, digits: 2)
        case .minute: append(time.minute, digits: 2)
        case .second: append(time.second, digits: 2)
        case .millisecond: append(time.millisecond, digits: 3)
        case .literal(let byte):
          bytes[count] = byte
          count += 1
        }
      }
      for offset in 0..<suffix.utf8CodeUnitCount { bytes[count + offset] = suffix.utf8Start[offset] }
      return count + suffix.utf8CodeUnitCount
    }
  }

  /// Digits of a year; every other part is narrower.
  private static let widestPart = 4

  /// The parts read so far; a pattern that lacks a part leaves its zero.
  private struct Values {
    var year = 0
    var month = 0
    var day = 0
    var hour = 0
    var minute = 0
    var second = 0
    var millisecond = 0

    mutating func set(_ part: Part, _ value: Int) {
      switch part {
      case .year: year = value
      case .month: month = value
      case .day: day = value
      case .hour: hour = value
      case .minute: minute = value
      case .second: second = value
      case .millisecond: millisecond = value
      case .literal: break
      }
    }

    func time(offset: Int) -> CivilTime? {
      CivilTime(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second, millisecond: millisecond,
        offset: offset)
    }
  }
}
