import DossierModel
import Statistics

/// Compares what the lists say of dossiers, one dossier after another, and counts. It corrects nothing.
///
/// A dossier is compared when the ledger received it in the scope; one that the ledger has not, when a list says nothing
/// against it. So a list that reaches beyond the day brings no false findings.
package struct Reconciler: Sendable {
  /// What was looked at.
  package struct Counts: Sendable, Equatable {
    /// Dossiers in the scope that any side has.
    package var compared = 0
    package var inLedger = 0
    /// Of those in the ledger: on the portal, by its list or answer, or by our deliveries where there is neither.
    package var onPortal = 0
    package var inSenderList = 0
    package var inPortalList = 0
    package var findings: [Discrepancy.Kind: Int] = [:]
  }

  package let scope: ReconciliationScope
  private let hasSenderList: Bool
  package private(set) var counts = Counts()

  /// - Parameter hasSenderList: whether a list of the sender is compared at all.
  package init(_ scope: ReconciliationScope, hasSenderList: Bool) {
    self.scope = scope
    self.hasSenderList = hasSenderList
  }

  /// Whether anything of this dossier is to be compared; a portal that is asked is asked about these only.
  package func concerns(_ group: DossierGroup) -> Bool {
    if let ledger = group.ledger { return scope.contains(ledger) }
    return (group.sender + (group.portal ?? [])).contains { scope.contains($0) }
  }

  /// What does not agree about a dossier.
  package mutating func compare(_ group: DossierGroup) -> [Discrepancy] {
    guard concerns(group) else { return [] }
    counts.compared += 1
    if group.ledger != nil { counts.inLedger += 1 }
    if !group.sender.isEmpty { counts.inSenderList += 1 }
    if group.portal?.isEmpty == false { counts.inPortalList += 1 }
    if let ledger = group.ledger, group.portal.map({ !$0.isEmpty }) ?? ledger.isOnPortal { counts.onPortal += 1 }
    var found = group.ledger == nil ? missingHere(group) : missingThere(group)
    if let ledger = group.ledger {
      found += differences(of: ledger.listed, from: group.sender, .sender)
      found += differences(of: ledger.listed, from: group.portal ?? [], .portal)
    }
    for (rows, side) in [(group.sender, Discrepancy.Side.sender), (group.portal ?? [], .portal)] where rows.count > 1 {
      var duplicate = Discrepancy(.duplicate, side, group.code)
      duplicate.procedure = group.ledger?.listed.procedure ?? rows[0].procedure
      duplicate.theirs = rows.map { Self.word($0) ?? "–" }.joined(separator: ", ")
      found.append(duplicate)
    }
    for one in found { counts.findings[one.kind, default: 0] += 1 }
    return found
  }

  private func missingHere(_ group: DossierGroup) -> [Discrepancy] {
    [(group.sender, Discrepancy.Side.sender), (group.portal ?? [], .portal)].compactMap { rows, side in
      guard let row = rows.first else { return nil }
      var one = Discrepancy(.missingHere, side, group.code)
      one.procedure = row.procedure
      one.theirs = Self.word(row)
      return one
    }
  }

  private func missingThere(_ group: DossierGroup) -> [Discrepancy] {
    guard let ledger = group.ledger else { return [] }
    var found: [Discrepancy] = []
    func add(_ side: Discrepancy.Side) {
      var one = Discrepancy(.missingThere, side, group.code)
      one.procedure = ledger.listed.procedure
      one.ours = Self.word(ledger.listed)
      one.wasDelivered = side == .portal && ledger.isOnPortal
      found.append(one)
    }
    if hasSenderList, group.sender.isEmpty { add(.sender) }
    if group.portal.map(\.isEmpty) ?? !ledger.isOnPortal { add(.portal) }
    return found
  }

  /// A list that has the dossier more than once agrees when one of its rows does: which of them holds is not ours to say.
  private func differences(
    of ours: ListedDossier, from rows: [ListedDossier], _ side: Discrepancy.Side
  ) -> [Discrepancy] {
    var found: [Discrepancy] = []
    let told = rows.filter { Self.word($0) != nil }
    if let last = told.last, Self.word(ours) != nil, !told.contains(where: { $0.status == ours.status }) {
      var one = Discrepancy(.stateDiffers, side, ours.code)
      one.procedure = ours.procedure
      one.ours = Self.word(ours)
      one.theirs = Self.word(last)
      if let status = ours.status, let theirs = last.status, CaseAnomaly.isRewrite(of: status, as: theirs) {
        one.anomaly = .rewrittenSupplement
      }
      found.append(one)
    }
    let procedures = rows.compactMap(\.procedure)
    if let procedure = ours.procedure, let theirs = procedures.last, !procedures.contains(procedure) {
      var one = Discrepancy(.procedureDiffers, side, ours.code)
      one.procedure = procedure
      one.ours = procedure
      one.theirs = theirs
      found.append(one)
    }
    return found
  }

  private static func word(_ row: ListedDossier) -> String? { row.status?.rawValue ?? row.unknownStatus }
}
