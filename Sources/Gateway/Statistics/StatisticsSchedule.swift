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
        section.note(
          Sentence("this is no month and no year", "đây không phải là tháng hay năm"), key: "since",
          remedy: Sentence("write it as 2026-11, or as \"2026\"", "hãy viết dạng 2026-11, hoặc \"2026\""))
      }
      return nil
    }
    self.init(agency: agency, name: name, sender: PartyID(sender), since: since, wait: wait)
  }
}

extension SitePlan {
  /// Schedules that could send nothing, or send twice.
  static func statisticsMisfits(of site: Site) -> [SiteFinding] {
    var seen: Set<PollID> = []
    return site.statistics.flatMap { schedule -> [SiteFinding] in
      func problem(_ rule: SiteFinding.Rule, _ message: Sentence, remedy: Sentence) -> SiteFinding {
        SiteFinding(
          rule, at: nil, subject: "\(site.folder)/gateway.yaml",
          Sentence("statistics of ‘\(schedule.agency)’: ", "thống kê của ‘\(schedule.agency)’: ") + message,
          remedy: remedy)
      }
      guard let party = site.parties.first(where: { $0.party.id == schedule.sender }) else {
        return [
          problem(
            .name, Sentence("there is no party ‘\(schedule.sender)’", "không có bên ‘\(schedule.sender)’"),
            remedy: Sentence("add parties/\(schedule.sender).yaml", "hãy thêm parties/\(schedule.sender).yaml"))
        ]
      }
      var problems: [SiteFinding] = []
      if !party.party.sends.contains(StatisticsKeeper.type) {
        problems.append(
          problem(
            .misfit,
            Sentence(
              "‘\(schedule.sender)’ does not send \(StatisticsKeeper.type)",
              "‘\(schedule.sender)’ không gửi \(StatisticsKeeper.type)"),
            remedy: Sentence("add it to its ‘sends’", "hãy thêm vào ‘sends’ của bên đó")))
      }
      if !seen.insert(schedule.place).inserted {
        problems.append(
          problem(
            .name, Sentence("it stands there twice for the same sender", "có hai lần cho cùng một bên gửi"),
            remedy: Sentence("leave one out", "hãy bỏ một lần")))
      }
      return problems
    }
  }
}
