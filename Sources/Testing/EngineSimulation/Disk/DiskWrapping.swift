import DossierStore
import SQLKit

/// Puts the world's faults between the store and its file.
struct DiskWrapping: DatabaseWrapping {
  let faults: DiskFaults

  func wrap(_ database: sending any SQLDatabase) -> sending any SQLDatabase { FaultyDatabase(database, faults) }
}
