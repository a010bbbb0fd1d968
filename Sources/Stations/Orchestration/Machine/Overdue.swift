package import ServiceKit

/// What went beyond a deadline, by whose time it was.
package struct Overdue: Sendable, Hashable {
  package var transport: Duration
  package var agency: Duration

  package init(transport: Duration, agency: Duration) {
    self.transport = transport
    self.agency = agency
  }

  /// Of a time that was due and ended, or is looked at, at `end`; nil where that is in time. `underWay`: when the dossier was on
  /// its way to somebody and nobody had it.
  package init?(due: Timestamp, end: Timestamp, underWay: [Range<Timestamp>]) {
    guard end > due else { return nil }
    var (transport, reached) = (Duration.zero, due)
    for stretch in underWay.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      let (from, until) = (max(stretch.lowerBound, reached), min(stretch.upperBound, end))
      guard until > from else { continue }
      transport += until - from
      reached = until
    }
    self.init(transport: transport, agency: end - due - transport)
  }
}

extension StepRecord {
  /// When it was on its way to its agency.
  func underWay(until now: Timestamp) -> Range<Timestamp>? {
    guard let sentAt, case let arrived = min(deliveredAt ?? endedAt ?? now, now), arrived > sentAt else { return nil }
    return sentAt..<arrived
  }

  /// How far it is overdue at this moment, or was when it ended; nil where it is not.
  package func overdue(at now: Timestamp) -> Overdue? {
    if let overdue { return overdue }
    guard state == .active, let dueAt else { return nil }
    return Overdue(due: dueAt, end: now, underWay: [underWay(until: now)].compactMap { $0 })
  }
}

extension ProcedureInstance {
  /// How far the whole is overdue at this moment, or was when it ended; nil where it is not.
  package func overdue(at now: Timestamp) -> Overdue? {
    if let overdue { return overdue }
    guard outcome == nil, let dueAt else { return nil }
    let agencies = steps.values.filter { $0.deliveredAt != nil && $0.sentAt != nil && $0.state != .skipped }
    // While one agency has it, the time is an agency's, whatever is on its way to another.
    let held = agencies.compactMap { record -> Range<Timestamp>? in
      guard let from = record.deliveredAt, case let until = record.endedAt ?? now, until > from else { return nil }
      return from..<until
    }
    let underWay = steps.values.compactMap { $0.underWay(until: now) }.flatMap { $0.without(held) }
    return Overdue(due: dueAt, end: now, underWay: underWay)
  }
}

extension Range<Timestamp> {
  /// What is left of it outside all of these.
  func without(_ others: [Range<Timestamp>]) -> [Range<Timestamp>] {
    others.reduce([self]) { rest, other in
      rest.flatMap { piece -> [Range<Timestamp>] in
        guard piece.overlaps(other) else { return [piece] }
        var left: [Range<Timestamp>] = []
        if piece.lowerBound < other.lowerBound { left.append(piece.lowerBound..<other.lowerBound) }
        if other.upperBound < piece.upperBound { left.append(other.upperBound..<piece.upperBound) }
        return left
      }
    }
  }
}
