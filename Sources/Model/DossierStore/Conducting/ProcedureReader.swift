package import DossierModel
package import ServiceKit

/// What can be looked up of procedures that are conducted.
package protocol ProcedureReader: Sendable {
  /// The procedure that is known under one of these codes, the first of them that is; codes that `party` alone uses count
  /// for it alone.
  func procedure(knownAs codes: [DossierCode], to party: PartyID?) throws(StoreError) -> StoredProcedure?
  /// At most `limit` procedures behind `dossier`, in the order of their codes.
  func procedures(
    _ filter: ProcedureFilter, after dossier: DossierCode?, limit: Int
  ) throws(StoreError) -> [StoredProcedure]
  /// Its history, oldest first.
  func procedureHistory(of dossier: DossierCode) throws(StoreError) -> [StoredProcedureLine]
  /// At most `limit` lines behind `number` for which somebody should look, in the order in which they were written.
  func procedureAlarms(after number: Int64, limit: Int) throws(StoreError) -> [StoredProcedureLine]
  /// Number of the last such line of all procedures; 0 without any.
  func latestProcedureAlarm() throws(StoreError) -> Int64
  /// What it owes and owed, in the order of creation.
  func procedureOutputs(of dossier: DossierCode) throws(StoreError) -> [StoredOutput]
  /// What a delivery is to say; nil where it is none of a procedure's.
  func procedureOutput(_ delivery: DeliveryID) throws(StoreError) -> StoredOutput?
  /// At most `limit` deliveries that wait to be written for their procedure, behind `delivery`.
  func unwrittenOutputs(after delivery: DeliveryID?, limit: Int) throws(StoreError) -> [HeldOutput]
  /// At most `limit` dossiers whose conductor wants to be asked by now, the earliest first.
  func dueProcedures(at now: Timestamp, limit: Int) throws(StoreError) -> [DossierCode]
  /// When what a procedure sent reached its destinations, by the names of the outputs.
  func procedureArrivals(of dossier: DossierCode) throws(StoreError) -> [String: Timestamp]
  /// The latest events of all procedures, at most `limit`, in the order in which they were written.
  func recentProcedureEvents(limit: Int) throws(StoreError) -> [StoredProcedureLine]
  /// How fast destinations take what they are sent, as of now; one to which nothing went of late is not there.
  func deliveryPaces(at now: Timestamp) throws(StoreError) -> [DeliveryPace]
  /// Editions by which procedures go that are under way.
  func editionsUnderWay() throws(StoreError) -> [(procedure: String, version: Int)]
}
