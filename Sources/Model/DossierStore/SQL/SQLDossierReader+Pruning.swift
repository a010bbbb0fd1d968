import SQLKit
package import ServiceKit

// What can be pruned.

extension SQLDossierReader {
  package func prunableTypes() throws(StoreError) -> [String] {
    try readers.read { database throws(SQLError) in
      // From one type to the next through the index; DISTINCT would read all of it.
      let next = try database.prepare(
        "SELECT type FROM message WHERE pruned IS NULL AND type > ? ORDER BY type LIMIT 1")
      defer { next.reset() }
      var types: [String] = []
      while true {
        try next.bind(.text(types.last ?? ""))
        guard try next.step() else { return types }
        types.append(next.text(0))
        next.reset()
      }
    }
  }

  package func prunable(
    _ type: String, before horizon: Timestamp, after place: PrunePage.Place
  ) throws(StoreError) -> PrunePage {
    try readers.read { database throws(SQLError) in
      let found = try PruneStatement.rows(type, before: horizon, after: place, in: database)
      return PrunePage(candidates: found.map(\.candidate))
    }
  }

  package func hasErasures() throws(StoreError) -> Bool {
    try readers.read { database throws(SQLError) in
      let row = try database.prepare("SELECT 1 FROM erasure LIMIT 1")
      defer { row.reset() }
      return try row.step()
    }
  }
}
