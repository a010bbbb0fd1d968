import DossierStore
import Reception
import ServiceKit

/// Closes the store after everybody who writes to it has stopped.
struct StoreService: Service {
  let store: SQLDossierStore
  let verifier: SecretVerifier
  var name: String { "store" }

  // The store is open since it was made: its file is looked at before anything else starts.
  func start() {}

  func stop() {
    verifier.stop()
    store.close()
  }
}
