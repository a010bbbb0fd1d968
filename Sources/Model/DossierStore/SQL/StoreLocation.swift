package import SQLKit

/// Where a site's store is kept.
package enum StoreLocation: Sendable, Equatable {
  /// One file, for one gateway.
  case sqlite(path: String)
  /// A database of a server, for any number of gateways.
  case postgresql(PostgreSQLConfiguration, NodeLimits = NodeLimits())

  /// The engine that opens it; nothing is touched yet. `place`: see `SQLDossierStore`.
  func engine(place: String? = nil) -> any StoreEngine {
    switch self {
    case .sqlite(let path): SQLiteEngine(path: path)
    case .postgresql(let configuration, let limits): PostgreSQLEngine(configuration, limits, place: place)
    }
  }
}
