/// How many dossiers of a period look wrong, by what looks wrong. A dossier may count under several.
package struct AnomalyCounts: Sendable {
  private let period: Period
  private var counts: [CaseAnomaly: Int] = [:]

  package init(_ period: Period) { self.period = period }

  /// Counts a dossier that was received in the period, by what was known at its end.
  package mutating func add(_ one: DossierCase) {
    guard period.contains(one.receivedAt) else { return }
    for anomaly in CaseAnomaly.found(in: one, before: period.end) { counts[anomaly, default: 0] += 1 }
  }

  package subscript(anomaly: CaseAnomaly) -> Int { counts[anomaly] ?? 0 }
}
