/// Dossiers of one group in one period, counted by where they came from and what became of them.
package struct CaseCounts: Sendable, Hashable {
  /// Received in the period.
  package var received = 0
  /// Received before and not ended before.
  package var carriedOver = 0
  /// Of those received, by channel.
  package var receivedOnline = 0
  package var receivedByPost = 0
  package private(set) var ended: [CaseVerdict.Ending: [CaseVerdict.Timeliness: Int]] = [:]

  package init() {}

  package mutating func add(_ verdict: CaseVerdict, count: Int = 1) {
    ended[verdict.ending, default: [:]][verdict.timeliness, default: 0] += count
  }

  package func count(_ ending: CaseVerdict.Ending, _ timeliness: CaseVerdict.Timeliness? = nil) -> Int {
    let row = ended[ending] ?? [:]
    return timeliness.map { row[$0] ?? 0 } ?? row.values.reduce(0, +)
  }

  package var total: Int { received + carriedOver }
  package var pending: Int { count(.pending) }

  package static func + (left: CaseCounts, right: CaseCounts) -> CaseCounts {
    var sum = left
    sum.received += right.received
    sum.carriedOver += right.carriedOver
    sum.receivedOnline += right.receivedOnline
    sum.receivedByPost += right.receivedByPost
    for (ending, row) in right.ended {
      for (timeliness, count) in row { sum.ended[ending, default: [:]][timeliness, default: 0] += count }
    }
    return sum
  }
}
