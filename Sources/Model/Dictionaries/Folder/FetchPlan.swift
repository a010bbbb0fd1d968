package import ServiceKit

/// When a dictionary is fetched: at some moment of every night, or so long after the last time.
///
/// Chance spreads what many gateways ask of one partner: within the hours of a night, or an eighth of the pause. A fetch
/// that failed is tried again after one minute, two minutes, four minutes, … six hours at most, each up to a quarter
/// shorter by chance.
package enum FetchPlan: Sendable, Equatable {
  /// From a time of day on, by Viet Nam's clock, so many minutes long.
  case nightly(from: TimeOfDay, minutes: Int)
  case every(Duration)

  /// 01:00 to 05:00.
  package static let standard = FetchPlan.nightly(from: TimeOfDay(minutes: 60) ?? .midnight, minutes: 240)

  package static let retryMinimum = Duration.seconds(60)
  package static let retryMaximum = Duration.seconds(6 * 3_600)

  /// - Parameter chance: from 0 to 1, drawn once for each attempt.
  package func due(after standing: FetchStanding, at now: Timestamp, chance: Double) -> Timestamp {
    let due: Timestamp
    if standing.failures > 0, let tried = standing.tried {
      let pause = pause(after: standing.failures)
      due = tried + (pause - pause * (chance / 4))
    } else if let checked = standing.checked {
      due = regular(after: checked, chance: chance)
    } else {
      return now
    }
    // A clock that was ahead when it was written down does not put things off for long.
    return min(due, now + longest)
  }

  private func regular(after checked: Timestamp, chance: Double) -> Timestamp {
    switch self {
    case .every(let pause): return checked + (pause - pause * (chance / 8))
    case .nightly(let from, let minutes):
      let day = CivilDay(checked, offset: .vietnam)
      let start = day.at(from, offset: .vietnam)
      let next = start > checked ? start : (day + 1).at(from, offset: .vietnam)
      return next + .seconds(minutes * 60) * chance
    }
  }

  private func pause(after failures: Int) -> Duration {
    let doubled = Self.retryMinimum * (1 << min(failures - 1, 10))
    let pause = min(doubled, Self.retryMaximum)
    if case .every(let regular) = self { return min(pause, regular) }
    return pause
  }

  private var longest: Duration {
    switch self {
    case .nightly(_, let minutes): .seconds(86_400 + minutes * 60)
    case .every(let pause): max(pause, .seconds(1))
    }
  }
}
