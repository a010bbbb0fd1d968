import DossierStore
import GatewayTesting
import Synchronization

/// An empty place for a test's store, of either engine; what is asked for is made.
final class StorePlace: Sendable {
  private let folder = TemporaryFolder()
  private let database = Mutex<TemporaryPostgreSQLDatabase?>(nil)

  /// The file of a store on SQLite.
  var file: String { folder.path + "/store.sqlite" }

  func location(for engine: StoreEngine, limits: NodeLimits = NodeLimits()) -> StoreLocation {
    switch engine {
    case .sqlite: .sqlite(path: file)
    case .postgresql: .postgresql(serverDatabase.localConfiguration, limits)
    }
  }

  var serverDatabase: TemporaryPostgreSQLDatabase {
    database.withLock { database in
      let made = database ?? TemporaryPostgreSQL.shared.makeDatabase()
      database = made
      return made
    }
  }
}
