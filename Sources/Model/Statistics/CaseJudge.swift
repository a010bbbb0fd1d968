import Deadlines
import DossierModel
package import ServiceKit

/// Judges whether dossiers are in time, by the computation rules of QĐ 766/QĐ-TTg (rule 2.1).
///
/// - The end is the first moment of a terminal status, by priority: completed, returned, stopped or not accepted, withdrawn.
/// - One request for a supplement and no end: the request is the end. More than one: late.
/// - What passed between a request and the next status is subtracted.
/// - Without an appointment the time is the procedure's longest, of which the caller says what it is.
/// - Without an end, the end of the period.
package struct CaseJudge: Sendable {
  /// How long a procedure may take and by which hours, where a dossier has no appointment.
  package typealias LongestTime = @Sendable (_ procedure: String) -> ProcedureTime?

  private let longest: LongestTime

  package init(longest: @escaping LongestTime = { _ in nil }) { self.longest = longest }

  package func judge(_ one: DossierCase, at periodEnd: Timestamp) -> CaseVerdict {
    let known = one.statuses.filter { $0.at < periodEnd }.sorted { $0.at < $1.at }
    let requests = known.filter { $0.status == .supplementRequested }
    var ending = Self.ending(known)
    if ending == nil, requests.count == 1, let request = requests.first { ending = (.pending, request.at) }
    let (kind, endedAt) = ending ?? (.pending, periodEnd)
    let timeliness =
      requests.count > 1 ? .late : timeliness(one, endedAt: endedAt, pauses: Self.supplements(known, endedAt))
    // What has not ended is not early yet.
    guard kind != .pending else {
      return CaseVerdict(ending: kind, timeliness: timeliness == .late ? .late : .onTime, endedAt: nil)
    }
    return CaseVerdict(ending: kind, timeliness: timeliness, endedAt: endedAt)
  }

  /// How long its procedure may take; nil where that is not known.
  func longestTime(of one: DossierCase) -> ProcedureTime? { one.procedure.flatMap(longest) }

  /// Whether a solved dossier took longer than its procedure may, whatever its appointment; what passed between a request to the
  /// citizen and the next status is subtracted. Nil where it is not solved, or the time of the procedure is not known.
  package func exceedsLongestTime(_ one: DossierCase, at periodEnd: Timestamp) -> Bool? {
    let known = one.statuses.filter { $0.at < periodEnd }.sorted { $0.at < $1.at }
    guard let (kind, endedAt) = Self.ending(known), kind == .solved,
      let due = longestEnd(one, Self.supplements(known, endedAt))
    else { return nil }
    return endedAt > due
  }

  private static func ending(_ known: [DossierCase.StatusChange]) -> (CaseVerdict.Ending, Timestamp)? {
    let order: [(Set<DossierStatus>, CaseVerdict.Ending)] = [
      ([.completed], .solved), ([.returned], .solved), ([.stopped], .stopped), ([.notAccepted], .notAccepted),
    ]
    for (statuses, ending) in order {
      if let change = known.first(where: { statuses.contains($0.status) }) { return (ending, change.at) }
    }
    // A withdrawal ends what was accepted; before that there is nothing to end.
    guard let withdrawn = known.first(where: { $0.status == .withdrawn }),
      known.contains(where: { $0.at <= withdrawn.at && $0.status != .withdrawn && $0.status != .registered })
    else { return nil }
    return (.withdrawn, withdrawn.at)
  }

  /// The times in which a supplement was waited for.
  private static func supplements(_ known: [DossierCase.StatusChange], _ end: Timestamp) -> [Pause] {
    var pauses: [Pause] = []
    for (number, change) in known.enumerated() where change.status == .supplementRequested && change.at < end {
      let next = known[(number + 1)...].first { $0.status != .supplementRequested }?.at ?? end
      if let pause = Pause(from: change.at, until: min(next, end)) { pauses.append(pause) }
    }
    return pauses
  }

  private func timeliness(_ one: DossierCase, endedAt: Timestamp, pauses: [Pause]) -> CaseVerdict.Timeliness {
    guard let due = one.appointedAt ?? longestEnd(one, pauses) else { return .onTime }
    if endedAt > due { return .late }
    return CivilDay(endedAt, offset: .vietnam) < CivilDay(due, offset: .vietnam) ? .early : .onTime
  }

  private func longestEnd(_ one: DossierCase, _ pauses: [Pause]) -> Timestamp? {
    guard let procedure = one.procedure, let time = longest(procedure) else { return nil }
    return (try? time.counter.deadline(of: time.term, from: one.receivedAt, by: time.rule, pauses: pauses))?.dueAt
  }
}
