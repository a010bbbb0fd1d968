import DocumentKit
package import DossierModel
package import DossierStore
package import Management
package import ServiceKit
import Statistics

/// When an agency's figures are sent by themselves: one of `statistics` of gateway.yaml.
///
///     - agency: H99.14
///       name: UBND phường (mẫu)
///       sender: van-phong
///       since: 2026-11
package struct StatisticsSchedule: Sendable, Equatable {
  /// How long after a period's end its figures are sent, so that what was under way is in them.
  package static let standardWait = Duration.seconds(6 * 3_600)
  package static let waits: ClosedRange<Duration> = .zero...(.seconds(31 * 86_400))

  /// As reports by agency name it.
  package var agency: String
  /// What it is called.
  package var name: String?
  /// The party in whose name they are sent.
  package var sender: PartyID
  /// The first period whose figures are sent; one month behind another, or one year.
  package var since: ReportMonth
  package var wait: Duration

  package init(
    agency: String, name: String? = nil, sender: PartyID, since: ReportMonth, wait: Duration = standardWait
  ) {
    self.agency = agency
    self.name = name
    self.sender = sender
    self.since = since
    self.wait = wait
  }

  /// Where the store keeps which period was sent last.
  package var place: PollID { PollID(sender, "statistics/\(since.month == nil ? "year" : "month")/\(agency)") }

  /// The period whose turn it is.
  ///
  /// - Parameter last: the one that was sent last, as the store has it.
  package func period(after last: String?) -> ReportMonth {
    guard let last = last.flatMap({ ReportMonth($0) }), (last.month == nil) == (since.month == nil) else {
      return since
    }
    return max(since, last.next)
  }

  /// When the figures of a period are sent.
  package func moment(of period: ReportMonth) -> Timestamp { period.period.end + wait }
}

extension StatisticsSchedule {
  init?(reading section: ConfigurationSection) {
    let (agency, sender) = (section.string("agency"), section.string("sender"))
    let name = section.optionalString("name")
    let wait = section.duration("wait", in: Self.waits, default: Self.standardWait)
    let text = section.string("since")
    guard let since = ReportMonth(text) else {
      if !text.isEmpty {
        section.note("this is no month and no year", key: "since", remedy: "write it as 2026-11, or as \"2026\"")
      }
      return nil
    }
    self.init(agency: agency, name: name, sender: PartyID(sender), since: since, wait: wait)
  }
}

extension SitePlan {
  /// Schedules that could send nothing, or send twice.
  static func statisticsMisfits(of site: Site) -> [String] {
    var seen: Set<PollID> = []
    return site.statistics.flatMap { schedule -> [String] in
      let place = "\(site.folder)/gateway.yaml: statistics of ‘\(schedule.agency)’"
      guard let party = site.parties.first(where: { $0.party.id == schedule.sender }) else {
        return ["\(place): there is no party ‘\(schedule.sender)’ (add parties/\(schedule.sender).yaml)"]
      }
      var problems: [String] = []
      if !party.party.sends.contains(StatisticsKeeper.type) {
        problems.append("\(place): ‘\(schedule.sender)’ does not send \(StatisticsKeeper.type) (add it to its ‘sends’)")
      }
      if !seen.insert(schedule.place).inserted {
        problems.append("\(place): it stands there twice for the same sender (leave one out)")
      }
      return problems
    }
  }
}
