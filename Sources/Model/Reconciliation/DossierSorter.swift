import Glibc

/// Puts a list of any length into the order of its codes with bounded memory: what does not fit is sorted by parts, which
/// wait in one file without a name until they are merged.
package struct DossierSorter {
  private let limits: ListLimits
  private var rows: [ListedDossier] = []
  private var count = 0
  private var spill: SpillFile?

  package init(limits: ListLimits = .standard) { self.limits = limits }

  /// Takes a row. `.tooLong` beyond the limit, `.unreadable` when the disk does not take it.
  package mutating func add(_ row: ListedDossier) throws(ListError) {
    count += 1
    guard count <= limits.rows else {
      throw ListError(.tooLong, "a list has up to \(limits.rows) rows; give it day by day")
    }
    rows.append(row)
    guard rows.count >= limits.rowsInMemory else { return }
    if spill == nil { spill = try SpillFile() }
    try spill?.append(Self.sorted(rows))
    rows.removeAll(keepingCapacity: true)
  }

  /// The rows in order. What has the same code stands in the order in which it came.
  package consuming func finish() throws(ListError) -> any OrderedList<ListedDossier> {
    guard let spill else { return SortedRows(rows) }
    if !rows.isEmpty { try spill.append(Self.sorted(rows)) }
    return try MergedRuns(spill)
  }

  static func sorted(_ rows: [ListedDossier]) -> [ListedDossier] {
    // The order of what is equal is kept: `sort` is stable only by its implementation.
    rows.enumerated().sorted { left, right in
      if left.element.code.precedes(right.element.code) { return true }
      if right.element.code.precedes(left.element.code) { return false }
      return left.offset < right.offset
    }.map(\.element)
  }
}

/// Sorted parts of a list, of which the first row of each is in memory.
private struct MergedRuns: OrderedList {
  private var runs: [SpillFile.Run]
  private var heads: [ListedDossier?]

  init(_ spill: SpillFile) throws(ListError) {
    runs = spill.runs
    heads = []
    for index in runs.indices { heads.append(try runs[index].next()) }
  }

  /// Parts are few (a hundred at most), so they are looked through; of equal ones the earlier part is first.
  mutating func next() throws(ListError) -> ListedDossier? {
    var least: Int?
    for (index, head) in heads.enumerated() {
      guard let head else { continue }
      if let found = least, let best = heads[found], !head.code.precedes(best.code) { continue }
      least = index
    }
    guard let least else { return nil }
    let row = heads[least]
    heads[least] = try runs[least].next()
    return row
  }
}
