import DossierModel
import DossierStore
import Management
import Reception
import ServiceKit
import Statistics
import ThreadKit

/// Sends the figures of a site's agencies when a period is over: each agency's month or year once.
///
/// Which period was sent last is in the store, and one gateway at a time is at a schedule, under its epoch; a gateway that was
/// down over the end of a period, or over several, catches up, one period after another. A gateway that is killed between
/// sending and writing that down sends again under the same key, which is the same message; so are figures that somebody sent by
/// `lienthong report --send`.
final class StatisticsKeeper: Service {
  static let type = "rest/statistics"
  /// How often it looks what is due.
  static let lookPeriod = Duration.seconds(10)
  /// How long it waits after it could not send.
  static let retryPeriod = Duration.seconds(3_600)

  var name: String { thread.name }
  private let schedules: [StatisticsSchedule]
  private let store: any DossierReader & PollLedger
  private let parties: [PartyID: Party]
  private let intake: OwnIntake
  private let outcomes: MetricFamily<Counter>
  private let log: Log
  private let time: any TimeSource
  private let thread = ServiceThread("statistics")

  init(
    _ schedules: [StatisticsSchedule], of parties: [Party], store: any DossierReader & PollLedger, intake: OwnIntake,
    metrics: Metrics, log: Log, time: any TimeSource
  ) {
    self.schedules = schedules
    self.store = store
    self.parties = Dictionary(uniqueKeysWithValues: parties.map { ($0.id, $0) })
    self.intake = intake
    self.log = log
    self.time = time
    outcomes = metrics.counters(
      "lienthong_statistics_total", "Figures of agencies whose turn it was, by what became of them.",
      labels: ["outcome"])
  }

  func start() {
    guard !schedules.isEmpty else { return }
    thread.start { [self] in run() }
  }

  func stop() {
    thread.stop()
  }

  private func run() {
    repeat {
      do throws(StoreError) {
        while !thread.stopping.isSet, try look() {}
      } catch {
        log.warning("statistics-not-sent", [.errorCode(error.code.rawValue)])
      }
    } while !thread.stopping.wait(deadline: Self.lookPeriod)
  }

  /// Sends what is due, of each schedule one period; false when nothing was.
  func look() throws(StoreError) -> Bool {
    let now = time.now()
    var due: [ReportMonth: [(StatisticsSchedule, PollLease)]] = [:]
    let rows = Dictionary(uniqueKeysWithValues: try store.polls().map { ($0.id, $0.due) })
    for schedule in schedules where rows[schedule.place].map({ $0 <= now }) ?? true {
      // Another gateway may be at it.
      guard let lease = try OneAnswer.wait({ store.claim(schedule.place, at: now, then: $0) }).get() else { continue }
      let period = schedule.period(after: lease.place.cursor)
      guard schedule.moment(of: period) <= now else {
        try finish(schedule, lease, sent: nil, due: schedule.moment(of: period))
        continue
      }
      due[period, default: []].append((schedule, lease))
    }
    for (period, group) in due.sorted(by: { $0.key < $1.key }) { try send(period, group) }
    return !due.isEmpty
  }

  /// One look through the ledger serves every agency of a period.
  private func send(_ period: ReportMonth, _ group: [(StatisticsSchedule, PollLease)]) throws(StoreError) {
    var report = CaseReport(period.period, by: .agency)
    var agencies: Set<String> = []
    var cases = LedgerCases(store, portal: nil)
    try cases.forEach { one in
      agencies.insert(one.facts.agency)
      report.add(one.facts)
    }
    for (schedule, lease) in group {
      guard agencies.contains(schedule.agency) else {
        try postpone(schedule, lease, "unknownAgency", "no dossier names this agency", .configuration)
        continue
      }
      // An agency that had nothing says so.
      let statistics = ReportStatistics(
        period, of: report.rows[schedule.agency] ?? CaseCounts(), agency: schedule.agency, name: schedule.name)
      try send(statistics, of: period, schedule, lease)
    }
  }

  private func send(
    _ statistics: ReportStatistics, of period: ReportMonth, _ schedule: StatisticsSchedule, _ lease: PollLease
  ) throws(StoreError) {
    guard statistics.isBalanced, let document = try? statistics.document(), let sender = parties[schedule.sender] else {
      return try postpone(schedule, lease, "unusable", "the figures do not balance; see the report", .configuration)
    }
    let outcome = OneAnswer.wait {
      intake.take(document, of: Self.type, key: statistics.key, from: sender, then: $0)
    }
    let fields: [LogField] = [.dossier(statistics.code), .party(schedule.sender.text)]
    switch outcome {
    case .taken(let isNew):
      outcomes.labelled(isNew ? "sent" : "thereAlready").increment()
      log.info("statistics-sent", fields)
      try finish(schedule, lease, sent: period, due: schedule.moment(of: period.next))
    case .differs:
      // Somebody sent them by hand; whether the ones or the others are right is for people.
      outcomes.labelled("differs").increment()
      log.warning("statistics-differ", fields)
      try finish(schedule, lease, sent: period, due: schedule.moment(of: period.next))
    case .refused(let fault, let note):
      log.warning("statistics-refused", fields + [.errorCode(fault.rawValue)])
      try postpone(schedule, lease, "refused", note, .configuration)
    case .postponed: try postpone(schedule, lease, "postponed", "nothing can be stored just now", .throttled)
    }
  }

  private func postpone(
    _ schedule: StatisticsSchedule, _ lease: PollLease, _ outcome: String, _ note: String, _ failure: FailureClass
  ) throws(StoreError) {
    outcomes.labelled(outcome).increment()
    log.warning(
      "statistics-postponed", [.party(schedule.sender.text), .rule(schedule.place.name), .outcome(outcome)])
    let now = time.now()
    var report = PollReport(lease, at: now, place: lease.place)
    report.end = .failed(failure, note: note)
    report.due = now + Self.retryPeriod
    _ = try OneAnswer.wait { store.report(report, then: $0) }.get()
  }

  private func finish(
    _ schedule: StatisticsSchedule, _ lease: PollLease, sent: ReportMonth?, due: Timestamp
  ) throws(StoreError) {
    var report = PollReport(lease, at: time.now(), place: lease.place)
    if let sent {
      report.place.cursor = sent.description
      report.taken = 1
    }
    report.end = .done
    report.due = due
    _ = try OneAnswer.wait { store.report(report, then: $0) }.get()
  }
}
