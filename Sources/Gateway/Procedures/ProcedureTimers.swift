import DossierModel
import DossierStore
import Orchestration
import ServiceKit
import Synchronization
import ThreadKit

/// Lets time pass for procedures: asks the conductor of each whose timer is due, and tells operators' log what somebody should
/// look at.
///
/// The timers are in the store, in the procedures themselves: whichever gateway comes first moves one, and one that was down
/// catches up. Of several gateways on one database each looks; moving what another has just moved changes nothing.
final class ProcedureTimers: Service {
  /// Procedures moved before the store is asked again.
  static let pageSize = 200

  var name: String { thread.name }
  private let procedures: ConductedProcedures
  /// How often what is due soon is looked at.
  static let forecastPeriod = Duration.seconds(60)

  private let ledger: any ProcedureLedger & DossierReader
  private let onMoved: @Sendable () -> Void
  private let alarms: Counter
  private let late: MetricFamily<Counter>
  private let cannotMakeIt: MetricFamily<Counter>
  private let log: Log
  private let time: any TimeSource
  private let period: Duration
  private let lookTook = Mutex(Duration.zero)
  private let thread = ServiceThread("procedure-timers")

  /// - Parameters:
  ///   - procedures: a site that conducts none has no timers to look at.
  ///   - period: how long a timer may be overdue at most: so often the store is asked when nothing is known to be due.
  ///   - onMoved: called after procedures have moved, which may owe somebody something.
  init(
    _ procedures: ConductedProcedures, ledger: any ProcedureLedger & DossierReader, metrics: Metrics, log: Log,
    time: any TimeSource, period: Duration = .seconds(5),
    onMoved: @escaping @Sendable () -> Void
  ) {
    self.procedures = procedures
    self.ledger = ledger
    self.onMoved = onMoved
    self.log = log
    self.time = time
    self.period = period
    alarms = metrics.counter(
      "lienthong_procedure_alarms_total", "Moments of procedures at which somebody should look.")
    late = metrics.counters(
      "lienthong_procedure_late_total", "Steps and procedures that became overdue, by who had the dossier then.",
      labels: ["holder"])
    cannotMakeIt = metrics.counters(
      "lienthong_procedure_cannot_make_it_total",
      "Steps and procedures that were told to miss their deadline, by whose time it is.", labels: ["holder"])
    if !procedures.isEmpty {
      metrics.gauge(
        "lienthong_procedure_look_ahead_seconds",
        "How long the latest look at what is due soon took; 0 before the first."
      ) { [weak self] in self?.lookTook.withLock { $0.inSeconds } ?? 0 }
    }
  }

  func start() {
    guard !procedures.isEmpty else { return }
    thread.start { [self] in run() }
  }

  func stop() {
    thread.stop()
  }

  private func run() {
    // What was told before the start was told then.
    var told = (try? ledger.latestProcedureAlarm()) ?? 0
    var lookedAhead: MonotonicInstant?
    repeat {
      do throws(StoreError) {
        while !thread.stopping.isSet, try tick() {}
        let now = time.monotonic()
        if lookedAhead.map({ now - $0 >= Self.forecastPeriod }) ?? true {
          lookedAhead = now
          try ProcedureForecasts(procedures, over: ledger).look(at: time.now())
          lookTook.withLock { [time] in $0 = time.monotonic() - now }
        }
        try tell(after: &told)
      } catch {
        log.warning("procedures-not-moved", [.errorCode(error.code.rawValue)])
      }
    } while !thread.stopping.wait(deadline: period)
  }

  /// Moves what is due; false when that was all.
  func tick() throws(StoreError) -> Bool {
    let now = time.now()
    let due = try ledger.dueProcedures(at: now, limit: Self.pageSize)
    guard !due.isEmpty else { return false }
    let results = ResultGroup<Bool, StoreError>()
    for dossier in due { ledger.conduct(ConductOrder(dossier, .timer(), at: now), then: results.begin()) }
    var moved = 0
    for result in results.wait() where try result.get() { moved += 1 }
    if moved > 0 { onMoved() }
    // What nobody moves would be due for ever.
    return due.count == Self.pageSize && moved > 0
  }

  private func count(_ word: String) {
    for holder in Holder.allCases {
      if word == ProcedureWord.late(holder).rawValue { late.labelled(holder.rawValue).increment() }
      if word == ProcedureWord.cannotMakeIt(holder).rawValue { cannotMakeIt.labelled(holder.rawValue).increment() }
    }
  }

  private func tell(after told: inout Int64) throws(StoreError) {
    while case let page = try ledger.procedureAlarms(after: told, limit: Self.pageSize), let last = page.last {
      for alarm in page {
        alarms.increment()
        count(alarm.line.word)
        log.warning(
          "procedure-alarm",
          [.dossier(alarm.dossier.text), .rule(alarm.line.word)] + (alarm.line.step.map { [.state($0)] } ?? []))
      }
      told = last.number
    }
  }
}
