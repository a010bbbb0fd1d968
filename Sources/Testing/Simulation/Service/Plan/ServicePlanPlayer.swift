import CryptographyKit
import DocumentKit
import ServiceKit
import Synchronization

/// Carries out a service's plan: each step at its time, and its reports until the gateway takes them.
final class ServicePlanPlayer: Sendable {
  private let plan: ServicePlan
  private let journal: SimulatorJournal
  private let time: any TimeSource
  private let delays: DelayLine
  private let outbox: GatewayOutbox?
  /// What it shows the gateway.
  private let key: String
  private let keys = UUIDv7Generator()
  private let lastReport = Mutex(0)
  /// How often a dossier was taken, by operation.
  private let taken = Mutex<[String: [String: Int]]>([:])

  /// Throws when the reports' way to the gateway cannot be made.
  init(
    _ plan: ServicePlan, calls: ServiceCalls?, gateway: OutboxGateway?, journal: SimulatorJournal,
    time: any TimeSource
  ) throws {
    self.plan = plan
    self.journal = journal
    self.time = time
    key = gateway?.key ?? ""
    outbox = try gateway.map { try GatewayOutbox(gateway: $0, calls: calls, journal: journal, time: time) }
    delays = DelayLine(name: "plan", time: time)
  }

  func stop() {
    delays.stop()
    outbox?.stop()
  }

  /// Orders the steps for a dossier that the operation has just taken.
  func follow(_ operation: String, dossier code: String, _ document: ServiceContent, for service: ServiceSimulator) {
    guard let course = plan.courses[operation] else { return }
    var places = course.reads.mapValues { document.text($0) }
    places["dossier"] = code
    let round = taken.withLock { taken in
      defer { taken[operation, default: [:]][code, default: 0] += 1 }
      return taken[operation]?[code] ?? 0
    }
    let steps = course.rounds[min(round, course.rounds.count - 1)].filter { $0.when.map(document.says) ?? true }
    var delay = Duration.zero
    for (place, step) in steps.enumerated() {
      delay += step.after
      delays.after(delay) { [weak self, weak service, places] in
        guard let self, let service else { return }
        // Whoever hears that it is wanted again may send it at once.
        if place == steps.count - 1, round + 1 < course.rounds.count { service.forget(dossier: code) }
        act(step, dossier: code, places, for: service)
      }
    }
  }

  private func act(
    _ step: ServicePlan.Step, dossier code: String, _ places: [String: String], for service: ServiceSimulator
  ) {
    let places = places.merging(moments) { own, _ in own }
    switch step.act {
    case .hold(let box, let template):
      service.put(template.body(places), into: box, replaces: true)
      journal.note(.messageScheduled, .dossier(code), .kind(box))
    case .report(let template): put(template, call: nil, dossier: code, places)
    case .call(let name, let template): put(template, call: name, dossier: code, places)
    }
  }

  private func put(_ template: AnswerTemplate, call: String?, dossier code: String, _ places: [String: String]) {
    guard let outbox else { return }
    let number = lastReport.withLock { number in
      number += 1
      return number
    }
    journal.note(.messageScheduled, .dossier(code), .kind(OutboxMessage.Kind.progress.rawValue))
    outbox.put(
      OutboxMessage(
        number: number, dossier: code, kind: .progress, call: call, key: keys.next().description,
        contentType: template.contentType ?? "application/json", body: template.body(places)))
  }

  /// `{now}` as RFC 3339, `{now.local}` as dd/MM/yyyy HH:mm:ss and `{now.day}` as dd/MM/yyyy, all in Việt Nam; `{now.utc}` as
  /// RFC 3339 in UTC; and `{key}`, which it shows the gateway.
  private var moments: [String: String] {
    let now = time.now()
    let written = FormMoment(now)
    return [
      "now": now.rfc3339(offset: .vietnam, fraction: .milliseconds), "now.day": written.day,
      "now.local": written.dayAndTime, "now.utc": now.rfc3339(offset: .utc, fraction: .milliseconds), "key": key,
    ]
  }
}
