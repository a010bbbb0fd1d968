/// A moment in the world's time, in microseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX).
///
/// Whole microseconds, because that is what PostgreSQL keeps: a value read back equals the value written.
package struct Timestamp: Sendable, Hashable, Comparable {
  package let microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }
  package init(milliseconds: Int64) { self.microseconds = milliseconds * 1_000 }
  package init(seconds: Int64) { self.microseconds = seconds * 1_000_000 }

  package static let epoch = Timestamp(microseconds: 0)
  /// 0001-01-01T00:00:00Z, the first moment that has a text form.
  package static let earliest = Timestamp(seconds: -62_135_596_800)
  /// 9999-12-31T23:59:59.999999Z, the last moment that has a text form.
  package static let latest = Timestamp(microseconds: 253_402_300_799_999_999)

  /// Whole milliseconds since 1970, rounded towards the past.
  package var milliseconds: Int64 { microseconds.flooredDivision(by: 1_000).quotient }
  /// Whole seconds since 1970, rounded towards the past.
  package var seconds: Int64 { microseconds.flooredDivision(by: 1_000_000).quotient }

  package static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }

  /// Moves by a duration, whole microseconds of it.
  package static func + (moment: Timestamp, duration: Duration) -> Timestamp {
    Timestamp(microseconds: moment.microseconds + duration.wholeMicroseconds)
  }

  package static func - (moment: Timestamp, duration: Duration) -> Timestamp {
    Timestamp(microseconds: moment.microseconds - duration.wholeMicroseconds)
  }

  package static func - (later: Timestamp, earlier: Timestamp) -> Duration {
    .microseconds(later.microseconds - earlier.microseconds)
  }

  package static func += (moment: inout Timestamp, duration: Duration) { moment = moment + duration }
}

extension Duration {
  /// Whole microseconds, rounded towards zero; traps beyond ±292,000 years.
  package var wholeMicroseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
  }

  /// Whole milliseconds, rounded towards zero.
  package var wholeMilliseconds: Int64 { wholeMicroseconds / 1_000 }

  /// Seconds as a floating-point number, for gauges and histograms.
  package var inSeconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}

extension Int64 {
  /// Division that rounds towards negative infinity, so that moments before 1970 fall on the right day.
  func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
