package import DossierModel

/// How old what waits for one destination is.
package struct QueueAges: Sendable, Equatable {
  package var destination: PartyID
  /// One for each bound asked for, and one for all that are older.
  package var counts: [Int]
}
