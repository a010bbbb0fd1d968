package import ServiceKit

/// When an agency takes nothing: quiet hours that come back every week, and announced maintenance.
///
/// Hours are those of Viet Nam's clock (+07:00 all year). The first moment of a span is closed, its end is open.
package struct DeliveryHours: Sendable, Equatable {
  /// Hours of some days of the week, perhaps past midnight.
  package struct Quiet: Sendable, Equatable {
    /// The days on which the span begins.
    package var weekdays: Set<Weekday>
    /// Minutes after midnight.
    package var from: Int
    /// In minutes, from 1 to a whole day.
    package var length: Int

    package init(weekdays: Set<Weekday> = Set(Weekday.allCases), from: Int, length: Int) {
      precondition((0..<1_440).contains(from) && (1...1_440).contains(length), "a span is of a day")
      self.weekdays = weekdays
      self.from = from
      self.length = length
    }
  }

  package struct Maintenance: Sendable, Equatable {
    package var from: Timestamp
    package var to: Timestamp

    package init(from: Timestamp, to: Timestamp) {
      precondition(from < to, "maintenance takes a time")
      self.from = from
      self.to = to
    }
  }

  package let quiet: [Quiet]
  package let maintenance: [Maintenance]

  package static let always = DeliveryHours(unchecked: [], maintenance: [])

  /// Nil when the quiet hours leave no minute of the week to send in.
  package init?(quiet: [Quiet], maintenance: [Maintenance] = []) {
    var closed = Set<Int>()
    for span in quiet {
      for weekday in span.weekdays {
        let start = (weekday.number - 1) * 1_440 + span.from
        closed.formUnion((start..<start + span.length).lazy.map { $0 % 10_080 })
      }
    }
    guard closed.count < 10_080 else { return nil }
    self.init(unchecked: quiet, maintenance: maintenance)
  }

  private init(unchecked quiet: [Quiet], maintenance: [Maintenance]) {
    self.quiet = quiet
    self.maintenance = maintenance
  }

  /// When the agency takes something again; nil when it does now.
  package func closedUntil(at now: Timestamp) -> Timestamp? {
    var moment = now
    // Spans may touch or overlap: what ends one may lie in another. Each turn gets past one of them.
    while let end = ends(at: moment).max() { moment = end }
    return moment > now ? moment : nil
  }

  /// When the next span begins, behind `now`; nil when there is none.
  package func nextClosing(after now: Timestamp) -> Timestamp? {
    let today = CivilDay(now, offset: .vietnam)
    let starts = maintenance.map(\.from) + (0...7).flatMap { day in spans(startingOn: today + day).map(\.from) }
    return starts.filter { $0 > now }.min()
  }

  private func ends(at moment: Timestamp) -> [Timestamp] {
    let today = CivilDay(moment, offset: .vietnam)
    let near = spans(startingOn: today - 1) + spans(startingOn: today) + maintenance
    return near.filter { $0.from <= moment && moment < $0.to }.map(\.to)
  }

  private func spans(startingOn day: CivilDay) -> [Maintenance] {
    quiet.filter { $0.weekdays.contains(day.weekday) }.map { span in
      let start = day.at(.midnight, offset: .vietnam) + .seconds(span.from * 60)
      return Maintenance(from: start, to: start + .seconds(span.length * 60))
    }
  }
}
