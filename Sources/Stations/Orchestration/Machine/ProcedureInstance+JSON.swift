import Deadlines
import DossierModel
package import JSONKit
import ServiceKit

// An instance as it is stored and shown: one JSON object, moments in RFC 3339 with microseconds, what is not there left out.

extension ProcedureInstance {
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("procedure")
    writer.string(procedure.name)
    writer.name("version")
    writer.integer(procedure.number)
    writer.write(moment: receivedAt, as: "receivedAt")
    writer.write(moment: dueAt, as: "dueAt")
    writer.write(moment: warnAt, as: "warnAt")
    writer.write(calendar)
    writer.write(flag: isAccepted, as: "accepted")
    if let appointment {
      writer.write(moment: appointment.at, as: "appointedAt")
      writer.name("appointedBy")
      writer.string(appointment.source.rawValue)
    }
    writer.write(flag: isLate, as: "late")
    writer.write(flag: isForecastLate, as: "cannotMakeIt")
    writer.write(overdue)
    if let outcome { writer.write(outcome) }
    writer.write(pauses)
    if !results.isEmpty {
      writer.name("results")
      writer.beginObject()
      for (name, value) in results.sorted(by: { $0.key < $1.key }) {
        writer.name(name)
        writer.string(value)
      }
      writer.endObject()
    }
    writer.name("steps")
    writer.beginObject()
    for (id, record) in steps.sorted(by: { $0.key < $1.key }) {
      writer.name(id.text)
      writer.write(record)
    }
    writer.endObject()
    writer.endObject()
  }

  /// What `write` wrote; nil for anything else.
  package init?(json: JSONValue) {
    guard let name = json["procedure"]?.string, let version = json["version"]?.integer,
      let receivedAt = json.moment("receivedAt"), let members = json["steps"]?.members, let pauses = json.pauses
    else { return nil }
    var steps: [StepID: StepRecord] = [:]
    for member in members {
      guard let record = StepRecord(json: member.value) else { return nil }
      steps[StepID(String(member.name))] = record
    }
    self.init(procedure: ProcedureVersion(name, Int(version)), receivedAt: receivedAt, steps: steps)
    (dueAt, warnAt) = (json.moment("dueAt"), json.moment("warnAt"))
    calendar = json.calendar
    isAccepted = json["accepted"]?.boolean ?? false
    if let at = json.moment("appointedAt") {
      guard let source = json["appointedBy"]?.string.flatMap(Appointment.Source.init(rawValue:)) else { return nil }
      appointment = Appointment(at, by: source)
    }
    isLate = json["late"]?.boolean ?? false
    isForecastLate = json["cannotMakeIt"]?.boolean ?? false
    overdue = json.overdue
    self.pauses = pauses
    if let stored = json["results"] {
      for result in stored.members {
        guard let value = result.value.string else { return nil }
        results[String(result.name)] = value
      }
    }
    if let text = json["outcome"]?.string {
      guard let outcome = ProcedureOutcome(text, step: json["refusedBy"]?.string) else { return nil }
      self.outcome = outcome
    }
  }
}

extension StepRecord {
  fileprivate init?(json: JSONValue) {
    guard let state = json["state"]?.string.flatMap(StepState.init(rawValue:)), let round = json["round"]?.integer,
      let pauses = json.pauses
    else { return nil }
    self.init()
    self.state = state
    self.round = Int(round)
    agency = json["agency"]?.string.map { PartyID($0) }
    (sentAt, deliveredAt, endedAt) = (json.moment("sentAt"), json.moment("deliveredAt"), json.moment("endedAt"))
    calendar = json.calendar
    (dueAt, warnAt, supplementDueAt) = (json.moment("dueAt"), json.moment("warnAt"), json.moment("supplementDueAt"))
    isLate = json["late"]?.boolean ?? false
    isForecastLate = json["cannotMakeIt"]?.boolean ?? false
    overdue = json.overdue
    supplements = Int(json["supplements"]?.integer ?? 0)
    self.pauses = pauses
  }
}

extension ProcedureOutcome {
  /// The word of it.
  package var name: String {
    switch self {
    case .completed: "completed"
    case .partlyCompleted: "partlyCompleted"
    case .refused: "refused"
    case .withdrawn: "withdrawn"
    case .cancelled: "cancelled"
    }
  }

  fileprivate init?(_ name: String, step: String?) {
    switch (name, step) {
    case ("completed", nil): self = .completed
    case ("partlyCompleted", nil): self = .partlyCompleted
    case ("refused", let step?): self = .refused(StepID(step))
    case ("withdrawn", nil): self = .withdrawn
    case ("cancelled", nil): self = .cancelled
    default: return nil
    }
  }
}

extension JSONWriter {
  fileprivate mutating func write(moment: Timestamp?, as name: String) {
    guard let moment else { return }
    self.name(name)
    string(moment.rfc3339(offset: .vietnam))
  }

  fileprivate mutating func write(_ calendar: CalendarVersion?) {
    guard let calendar else { return }
    name("calendar")
    string(calendar.description)
  }

  /// In whole seconds.
  fileprivate mutating func write(_ overdue: Overdue?) {
    guard let overdue else { return }
    name("overdue")
    beginObject()
    name(Holder.transport.rawValue)
    integer(overdue.transport.components.seconds)
    name(Holder.agency.rawValue)
    integer(overdue.agency.components.seconds)
    endObject()
  }

  fileprivate mutating func write(flag: Bool, as name: String) {
    guard flag else { return }
    self.name(name)
    boolean(true)
  }

  fileprivate mutating func write(_ outcome: ProcedureOutcome) {
    name("outcome")
    string(outcome.name)
    if case .refused(let step) = outcome {
      name("refusedBy")
      string(step.text)
    }
  }

  fileprivate mutating func write(_ pauses: [Pause]) {
    guard !pauses.isEmpty else { return }
    name("pauses")
    beginArray()
    for pause in pauses {
      beginObject()
      write(moment: pause.from, as: "from")
      write(moment: pause.until, as: "until")
      endObject()
    }
    endArray()
  }

  fileprivate mutating func write(_ record: StepRecord) {
    beginObject()
    name("state")
    string(record.state.rawValue)
    name("round")
    integer(record.round)
    if let agency = record.agency {
      name("agency")
      string(agency.text)
    }
    write(moment: record.sentAt, as: "sentAt")
    write(moment: record.deliveredAt, as: "deliveredAt")
    write(moment: record.endedAt, as: "endedAt")
    write(moment: record.dueAt, as: "dueAt")
    write(moment: record.warnAt, as: "warnAt")
    write(moment: record.supplementDueAt, as: "supplementDueAt")
    write(record.calendar)
    write(flag: record.isLate, as: "late")
    write(flag: record.isForecastLate, as: "cannotMakeIt")
    write(record.overdue)
    if record.supplements > 0 {
      name("supplements")
      integer(record.supplements)
    }
    write(record.pauses)
    endObject()
  }
}

extension JSONValue {
  fileprivate func moment(_ name: String) -> Timestamp? {
    self[name]?.string.flatMap { try? Timestamp(rfc3339: $0) }
  }

  fileprivate var overdue: Overdue? {
    guard let stored = self["overdue"], let transport = stored[Holder.transport.rawValue]?.integer,
      let agency = stored[Holder.agency.rawValue]?.integer
    else { return nil }
    return Overdue(transport: .seconds(transport), agency: .seconds(agency))
  }

  /// `vietnam/1`.
  fileprivate var calendar: CalendarVersion? {
    guard let words = self["calendar"]?.string?.split(separator: "/"), words.count == 2, let number = Int(words[1])
    else {
      return nil
    }
    return CalendarVersion(String(words[0]), number)
  }

  /// Empty where there are none; nil where they are broken.
  fileprivate var pauses: [Pause]? {
    guard let stored = self["pauses"] else { return [] }
    var pauses: [Pause] = []
    for element in stored.elements {
      guard let from = element.moment("from"), let pause = Pause(from: from, until: element.moment("until")) else {
        return nil
      }
      pauses.append(pause)
    }
    return pauses
  }
}
