package import DossierModel
import SQLKit
package import ServiceKit

extension SQLDossierStore: ProcedureLedger {
  package func conduct(
    _ order: ConductOrder, then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void
  ) {
    submit(.unknown, { transaction throws(SQLError) in try transaction.conduct(order) }, then: completion)
  }

  package func procedure(
    knownAs codes: [DossierCode], to party: PartyID?
  ) throws(StoreError) -> StoredProcedure? {
    try reader.procedure(knownAs: codes, to: party)
  }

  package func procedures(
    _ filter: ProcedureFilter, after dossier: DossierCode?, limit: Int
  ) throws(StoreError) -> [StoredProcedure] {
    try reader.procedures(filter, after: dossier, limit: limit)
  }

  package func procedureHistory(of dossier: DossierCode) throws(StoreError) -> [StoredProcedureLine] {
    try reader.procedureHistory(of: dossier)
  }

  package func procedureAlarms(after number: Int64, limit: Int) throws(StoreError) -> [StoredProcedureLine] {
    try reader.procedureAlarms(after: number, limit: limit)
  }

  package func latestProcedureAlarm() throws(StoreError) -> Int64 { try reader.latestProcedureAlarm() }

  package func procedureOutputs(of dossier: DossierCode) throws(StoreError) -> [StoredOutput] {
    try reader.procedureOutputs(of: dossier)
  }

  package func procedureOutput(_ delivery: DeliveryID) throws(StoreError) -> StoredOutput? {
    try reader.procedureOutput(delivery)
  }

  package func unwrittenOutputs(after delivery: DeliveryID?, limit: Int) throws(StoreError) -> [HeldOutput] {
    try reader.unwrittenOutputs(after: delivery, limit: limit)
  }

  package func dueProcedures(at now: Timestamp, limit: Int) throws(StoreError) -> [DossierCode] {
    try reader.dueProcedures(at: now, limit: limit)
  }

  package func procedureArrivals(of dossier: DossierCode) throws(StoreError) -> [String: Timestamp] {
    try reader.procedureArrivals(of: dossier)
  }

  package func recentProcedureEvents(limit: Int) throws(StoreError) -> [StoredProcedureLine] {
    try reader.recentProcedureEvents(limit: limit)
  }

  package func deliveryPaces(at now: Timestamp) throws(StoreError) -> [DeliveryPace] {
    try reader.deliveryPaces(at: now)
  }

  package func editionsUnderWay() throws(StoreError) -> [(procedure: String, version: Int)] {
    try reader.editionsUnderWay()
  }
}
