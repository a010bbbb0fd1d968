// RFC 3339 text, the profile of ISO 8601 that has one form only.

extension Timestamp {
  /// How many digits follow the second.
  package enum Fraction: Sendable {
    case none
    case milliseconds
    case microseconds
  }

  /// `2026-11-20T08:15:30.123456Z`, or with `offset: .vietnam` `2026-11-20T15:15:30.123456+07:00`.
  ///
  /// What the fraction does not show is cut, never rounded up into the next second. A moment without a text form
  /// (outside the years 1 to 9999 at that offset) is written as the nearest one that has it.
  package func rfc3339(offset: UTCOffset = .utc, fraction: Fraction = .microseconds) -> String {
    guard let civil = CivilDateTime(self, offset: offset) else {
      let nearest = self < .epoch ? CivilDateTime.first : CivilDateTime.last
      return Self.text(nearest, offset: offset, fraction: fraction)
    }
    return Self.text(civil, offset: offset, fraction: fraction)
  }

  /// Reads RFC 3339. A text without an offset is taken at `assumedOffset` where one is given; many agencies send
  /// local time that way. More than six digits of a fraction are cut; leap seconds (`:60`) are refused.
  package init(rfc3339 text: String, assuming assumedOffset: UTCOffset? = nil) throws(TimestampError) {
    var scanner = TimestampScanner(text)
    let moment = try scanner.scan(assuming: assumedOffset)
    guard moment >= .earliest, moment <= .latest else {
      throw TimestampError(.outOfRange, at: 0, "the moment lies outside the years 1 to 9999")
    }
    self = moment
  }

  private static func text(_ civil: CivilDateTime, offset: UTCOffset, fraction: Fraction) -> String {
    // Digits are laid straight into the string's own storage: log lines and journal rows are written by the thousand.
    String(unsafeUninitializedCapacity: 33) { buffer in
      var count = 0
      func put(_ byte: UInt8) {
        buffer[count] = byte
        count += 1
      }
      func put(_ number: Int, width: Int) {
        var rest = number
        for place in stride(from: width - 1, through: 0, by: -1) {
          buffer[count + place] = UInt8(ascii: "0") + UInt8(rest % 10)
          rest /= 10
        }
        count += width
      }
      put(civil.year, width: 4)
      put(UInt8(ascii: "-"))
      put(civil.month, width: 2)
      put(UInt8(ascii: "-"))
      put(civil.day, width: 2)
      put(UInt8(ascii: "T"))
      put(civil.hour, width: 2)
      put(UInt8(ascii: ":"))
      put(civil.minute, width: 2)
      put(UInt8(ascii: ":"))
      put(civil.second, width: 2)
      switch fraction {
      case .none: break
      case .milliseconds:
        put(UInt8(ascii: "."))
        put(civil.microsecond / 1000, width: 3)
      case .microseconds:
        put(UInt8(ascii: "."))
        put(civil.microsecond, width: 6)
      }
      for byte in offset.text.utf8 { put(byte) }
      return count
    }
  }
}

extension CivilDateTime {
  static let first = CivilDateTime(unchecked: 1, 1, 1, 0, 0, 0, 0)
  static let last = CivilDateTime(unchecked: 9999, 12, 31, 23, 59, 59, 999_999)
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC with microseconds.
  package var description: String { rfc3339() }
}
