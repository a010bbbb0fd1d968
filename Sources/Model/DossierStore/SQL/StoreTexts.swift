/// The statements whose text differs between the engines. Parameters and columns are the same in both.
struct StoreTexts: Sendable {
  /// Deliveries of a destination that may be claimed: destination, now, limit. So many of each lane, in its order.
  let claimable: StaticString
  /// What waits for an agency that pulls: destination, limit.
  let inbox: StaticString
  /// Held deliveries without bytes: after, limit.
  let heldOutputs: StaticString
  /// Whether a statement names the index it goes by: SQLite keeps no statistics here and takes the named one; PostgreSQL
  /// cannot be told.
  let namesIndexes: Bool

  /// What stands behind a table's name so that its rows are found by this index.
  func by(_ index: String) -> String { namesIndexes ? "INDEXED BY \(index)" : "" }
  /// What stands there so that they are found by their number, the table's own order.
  var byNumber: String { namesIndexes ? "NOT INDEXED" : "" }
}
