import DossierModel
import SQLKit

/// The transaction of one batch while it is carried out: what all its changes share.
final class StoreTransaction {
  let database: any SQLDatabase
  let lookup: any StoreLookup
  let texts: StoreTexts
  /// Conducts procedures; nil where none is conducted.
  let conductor: (any ProcedureConductor)?
  /// Destinations for which something has become ready.
  var ready: Set<PartyID> = []

  init(
    _ database: any SQLDatabase, _ lookup: any StoreLookup, _ texts: StoreTexts,
    conductor: (any ProcedureConductor)? = nil
  ) {
    self.database = database
    self.lookup = lookup
    self.texts = texts
    self.conductor = conductor
  }
}
