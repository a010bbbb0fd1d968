import DossierStore
import GatewayTesting
import ServiceKit

/// The engines of the store, all held to the same suites.
enum StoreEngine: String, CaseIterable, Sendable {
  case sqlite
  case postgresql

  func open(_ place: StorePlace, at now: Timestamp) throws -> SQLDossierStore {
    try SQLDossierStore(place.location(for: self), at: now)
  }
}
