import Deadlines
import DocumentKit
import DossierModel
import DossierStore
import JSONKit
import Orchestration
import ServiceKit

/// A procedure that is or was conducted, as an operator sees it.
struct ProcedureTrace {
  private let stored: StoredProcedure
  /// Nil where retention has removed it.
  private let state: ConductedState?

  init(of stored: StoredProcedure) {
    self.stored = stored
    state = ConductedState(json: stored.state)
  }

  /// `party (step, state)` of every step that somebody has.
  var waitingFor: [String] {
    (state?.instance.steps ?? [:]).sorted { $0.key < $1.key }.compactMap { step, record in
      switch record.state {
      case .active: "\(record.agency?.text ?? "?") (\(step))"
      case .supplementing, .paying: "\(state?.sender.text ?? "?") (\(step): \(record.state.rawValue))"
      case .blocked: "operator (\(step): blocked)"
      case .waiting, .done, .consented, .passed, .refused, .skipped, .abandoned: nil
      }
    }
  }

  /// `late`, or `cannot make it` where somebody was told so of the whole or of a step; nil where it is in time.
  var deadlineWord: String? {
    guard let instance = state?.instance else { return nil }
    let steps = instance.steps.values
    if instance.isLate || steps.contains(where: { $0.isLate }) { return "late" }
    guard instance.outcome == nil else { return nil }
    return instance.isForecastLate || steps.contains(where: { $0.isForecastLate && $0.state == .active })
      ? "cannot make it" : nil
  }

  /// One line: how it ended, or whom it waits for.
  var standing: Sentence {
    let (name, waitingFor) = ("\(stored.procedure)/\(stored.version)", waitingFor.joined(separator: ", "))
    return stored.outcome.map { Sentence("Procedure \(name) ended: \($0)", "Quy trình \(name) đã kết thúc: \($0)") }
      ?? Sentence("Procedure \(name) waits for \(waitingFor)", "Quy trình \(name) đang chờ \(waitingFor)")
  }

  // MARK: Text

  func lines(_ outputs: [StoredOutput], _ history: [StoredProcedureLine]) -> [String] {
    var lines = ["\(stored.dossier)  \(stored.procedure)/\(stored.version)  \(stored.outcome ?? "under way")"]
    lines.append("  began \(ProcedureSentences.text(stored.beganAt)) by \(stored.sender)")
    if let due = stored.dueAt {
      let calendar = state?.instance.calendar.map { " by the calendar \($0)" } ?? ""
      lines.append("  due \(ProcedureSentences.text(due))\(calendar)")
    }
    if stored.outcome == nil { lines.append("  waits for \(waitingFor.joined(separator: ", "))") }
    lines += steps + [""]
    let waiting = outputs.filter { $0.state != .delivered && $0.state != .cancelled }
    if !waiting.isEmpty {
      lines.append("Not delivered yet (`lienthong queue why N` tells why)")
      lines += waiting.map { "  \($0.delivery)".padded(to: 12) + "\($0.destination)  \($0.name)  \($0.state.rawValue)" }
      lines.append("")
    }
    lines += history.map { entry in
      let mark = entry.line.kind == .event ? "" : entry.line.kind == .alarm ? "! " : "→ "
      return "\(ProcedureSentences.text(entry.line.at))  \(mark)\(entry.line.text)"
    }
    return lines
  }

  private var steps: [String] {
    (state?.instance.steps ?? [:]).sorted { Self.order($0.value, $1.value) }.map { step, record in
      var line =
        "  " + step.text.padded(to: 20) + record.state.rawValue.padded(to: 16)
        + (record.agency?.text ?? "-").padded(to: 18)
      if let split = Self.split(record, until: stored.changedAt) {
        line += "transport \(Self.hours(split.transport)), agency \(Self.hours(split.agency))"
      }
      if let due = record.dueAt { line += "  due \(ProcedureSentences.text(due))" }
      if let overdue = record.overdue(at: stored.changedAt) {
        line += "  late by transport \(Self.hours(overdue.transport)), agency \(Self.hours(overdue.agency))"
      } else if record.isLate {
        line += "  late"
      }
      if record.isForecastLate, record.state == .active, !record.isLate { line += "  cannot make it" }
      return line
    }
  }

  private static func order(_ left: StepRecord, _ right: StepRecord) -> Bool {
    (left.sentAt?.microseconds ?? .max, left.agency?.text ?? "")
      < (right.sentAt?.microseconds ?? .max, right.agency?.text ?? "")
  }

  /// How long the dossier was under way to the agency, and how long the agency had it, without pauses.
  static func split(_ record: StepRecord, until now: Timestamp) -> (transport: Duration, agency: Duration)? {
    guard let sent = record.sentAt else { return nil }
    let end = record.endedAt ?? now
    let arrived = record.deliveredAt ?? end
    let pauses = record.pauses.reduce(Int64(0)) { sum, pause in
      let (from, until) = (max(pause.from, arrived), min(pause.until ?? end, end))
      return sum + max(0, until.microseconds - from.microseconds)
    }
    return (
      .microseconds(max(0, arrived.microseconds - sent.microseconds)),
      .microseconds(max(0, end.microseconds - arrived.microseconds - pauses))
    )
  }

  private static func hours(_ duration: Duration) -> String {
    let minutes = duration.components.seconds / 60
    return minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }

  // MARK: JSON

  func writeSummary(to writer: inout JSONWriter) {
    writer.beginObject()
    writeHead(to: &writer)
    writer.endObject()
  }

  func write(_ outputs: [StoredOutput], _ history: [StoredProcedureLine], to writer: inout JSONWriter) {
    writer.beginObject()
    writeHead(to: &writer)
    writer.name("steps")
    writer.beginArray()
    for (step, record) in (state?.instance.steps ?? [:]).sorted(by: { $0.key < $1.key }) {
      write(step, record, to: &writer)
    }
    writer.endArray()
    writer.name("outputs")
    writer.beginArray()
    for output in outputs {
      writer.beginObject()
      writer.member("delivery", output.delivery.description)
      writer.member("destination", output.destination.text)
      writer.member("kind", output.kind.rawValue)
      writer.member("name", output.name)
      writer.member("state", output.state.rawValue)
      writer.endObject()
    }
    writer.endArray()
    writer.name("history")
    writer.beginArray()
    for entry in history {
      writer.beginObject()
      writer.member("at", entry.line.at.rfc3339(offset: .vietnam))
      writer.member("kind", entry.line.kind.rawValue)
      writer.member("word", entry.line.word)
      writer.member("step", entry.line.step)
      writer.member("party", entry.line.party?.text)
      writer.member("text", entry.line.text)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }

  private func writeHead(to writer: inout JSONWriter) {
    writer.member("dossier", stored.dossier.text)
    writer.member("procedure", stored.procedure)
    writer.name("version")
    writer.integer(stored.version)
    writer.member("sender", stored.sender.text)
    writer.member("beganAt", stored.beganAt.rfc3339(offset: .vietnam))
    writer.member("dueAt", stored.dueAt?.rfc3339(offset: .vietnam))
    writer.member("calendar", state?.instance.calendar?.description)
    writer.member("outcome", stored.outcome)
    writer.member("standing", deadlineWord)
    write(state?.instance.overdue(at: stored.changedAt), to: &writer)
    writer.name("waitsFor")
    writer.beginArray()
    for party in stored.outcome == nil ? waitingFor : [] { writer.string(party) }
    writer.endArray()
  }

  private func write(_ overdue: Overdue?, to writer: inout JSONWriter) {
    guard let overdue else { return }
    writer.name("overdueTransportSeconds")
    writer.integer(overdue.transport.components.seconds)
    writer.name("overdueAgencySeconds")
    writer.integer(overdue.agency.components.seconds)
  }

  private func write(_ step: StepID, _ record: StepRecord, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("step", step.text)
    writer.member("state", record.state.rawValue)
    writer.member("agency", record.agency?.text)
    writer.name("round")
    writer.integer(record.round)
    writer.member("sentAt", record.sentAt?.rfc3339(offset: .vietnam))
    writer.member("deliveredAt", record.deliveredAt?.rfc3339(offset: .vietnam))
    writer.member("endedAt", record.endedAt?.rfc3339(offset: .vietnam))
    writer.member("dueAt", record.dueAt?.rfc3339(offset: .vietnam))
    writer.member("calendar", record.calendar?.description)
    writer.name("late")
    writer.boolean(record.isLate)
    writer.name("cannotMakeIt")
    writer.boolean(record.isForecastLate)
    write(record.overdue(at: stored.changedAt), to: &writer)
    if let split = Self.split(record, until: stored.changedAt) {
      writer.name("transportSeconds")
      writer.integer(split.transport.components.seconds)
      writer.name("agencySeconds")
      writer.integer(split.agency.components.seconds)
    }
    writer.endObject()
  }
}

extension JSONWriter {
  fileprivate mutating func member(_ name: String, _ text: String?) {
    guard let text else { return }
    self.name(name)
    string(text)
  }
}
