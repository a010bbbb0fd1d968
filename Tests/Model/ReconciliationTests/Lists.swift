import DossierModel
import Reconciliation
import ServiceKit
import Statistics
import Testing

/// Lists as tests write them: `CODE`, `CODE:status`, `CODE:status:procedure`, `CODE::procedure`.
enum Lists {
  static func row(_ text: String, at day: String? = nil) throws -> ListedDossier {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let status = parts.count > 1 ? DossierStatus(rawValue: parts[1]) : nil
    return ListedDossier(
      DossierCode(parts[0]), procedure: parts.count > 2 ? parts[2] : nil, status: status,
      unknownStatus: parts.count > 1 && status == nil && !parts[1].isEmpty ? parts[1] : nil,
      receivedAt: try day.map { try Timestamp(rfc3339: "2026-11-\($0)T09:00:00+07:00") })
  }

  static func scope(procedure: String? = nil, sender: PartyID? = nil) throws -> ReconciliationScope {
    ReconciliationScope(try #require(Period("2026-11-20")), procedure: procedure, sender: sender)
  }

  /// `+CODE…` is on the portal by our deliveries.
  static func ledger(_ texts: [String], day: String = "20", sender: PartyID = "mot-cua") throws -> [LedgerDossier] {
    try texts.map { text in
      let isOnPortal = text.hasPrefix("+")
      return LedgerDossier(
        try row(isOnPortal ? String(text.dropFirst()) : text, at: day), sender: sender, isOnPortal: isOnPortal)
    }.sorted { $0.listed.code.precedes($1.listed.code) }
  }

  /// `KIND SIDE CODE` of what does not agree, and what was counted.
  static func compare(
    _ ledger: [LedgerDossier], sender: [ListedDossier]? = nil, portal: [ListedDossier]? = nil,
    in scope: ReconciliationScope
  ) throws -> (words: [String], found: [Discrepancy], counts: Reconciler.Counts) {
    var merge = try ListMerge(
      ledger: LedgerRows(rows: ledger[...]), sender: sender.map { SortedRows($0) },
      portal: portal.map { SortedRows($0) }
    )
    var reconciler = Reconciler(scope, hasSenderList: sender != nil)
    var found: [Discrepancy] = []
    while let group = try merge.next() { found += reconciler.compare(group) }
    return (found.map { "\($0.kind.rawValue) \($0.side.rawValue) \($0.code)" }, found, reconciler.counts)
  }
}

/// Rows of a ledger as they are given, in order or not.
struct LedgerRows: OrderedList {
  var rows: ArraySlice<LedgerDossier>

  mutating func next() throws(ListError) -> LedgerDossier? { rows.popFirst() }
}
