/// Where a site's store is kept.
package enum StoreLocation: Sendable, Equatable {
  /// One file, for one gateway.
  case sqlite(path: String)

  /// The engine that opens it; nothing is touched yet.
  func engine() -> any StoreEngine {
    switch self {
    case .sqlite(let path): SQLiteEngine(path: path)
    }
  }
}
