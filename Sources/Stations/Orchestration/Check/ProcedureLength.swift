import Deadlines
import DocumentKit
import ServiceKit

/// How long the steps of a procedure take one after another, beside the time of the whole.
struct ProcedureLength {
  private let definition: ProcedureDefinition
  private let clock: ProcedureClock

  init(_ definition: ProcedureDefinition, clock: ProcedureClock) {
    self.definition = definition
    self.clock = clock
  }

  /// The first finding of a receipt after which the steps together may take longer than the whole, on any day of a year;
  /// nil when there is none. Units differ, so days are counted and not compared.
  func overrun() -> ProcedureFinding? {
    guard let whole = definition.time, let start = CivilDay(year: 2026, month: 1, day: 1) else { return nil }
    let counter = clock.counter(whole.office)
    for day in (0..<365).map({ start + $0 }) where counter.calendar.day(day).isWorkingDay {
      guard let opening = counter.calendar.day(day).hours?.sessions.first?.from else { continue }
      let received = day.at(opening, offset: .vietnam)
      guard let due = end(of: whole, from: received) else { continue }
      var known: [StepID: Timestamp] = [:]
      for step in definition.steps where self.end(of: step, from: received, &known) > due {
        return ProcedureFinding(
          .longerThanTheWhole, at: step.id,
          Sentence(
            "received on \(day), its answer may come later than the whole is due",
            "nếu tiếp nhận ngày \(day) thì trả lời của bước này có thể đến sau hạn của cả quy trình"),
          remedy: Sentence(
            "shorten its time or that of a step before it, lengthen the whole, or say ‘inProcedureTime: false’",
            "hãy rút ngắn thời hạn của bước này hoặc bước trước nó, kéo dài thời hạn của cả quy trình, hoặc viết ‘inProcedureTime: false’"
          ))
      }
    }
    return nil
  }

  private func end(of allowed: TimeAllowed, from moment: Timestamp) -> Timestamp? {
    (try? clock.counter(allowed.office).deadline(of: allowed.term, from: moment, by: allowed.rule))?.dueAt
  }

  /// The latest answer of a step and of those before it; steps outside the procedure's time take none of it.
  private func end(of step: StepDefinition, from received: Timestamp, _ known: inout [StepID: Timestamp]) -> Timestamp {
    if let end = known[step.id] { return end }
    var begin = received
    for before in step.after.compactMap({ definition[$0] }) {
      begin = max(begin, end(of: before, from: received, &known))
    }
    var result = begin
    // An answer in time comes while the office is open: what comes as it closes is received on the next day.
    if step.isInProcedureTime, let time = step.time, let due = end(of: time, from: begin) {
      result = max(begin, due - .seconds(60))
    }
    known[step.id] = result
    return result
  }
}
