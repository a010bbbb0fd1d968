package import DossierModel
import SQLKit
package import ServiceKit

extension SQLDossierStore: PollLedger {
  package func claim(
    _ poll: PollID, at now: Timestamp, then completion: @escaping @Sendable (Result<PollLease?, StoreError>) -> Void
  ) {
    submit(.unknown, { transaction throws(SQLError) in try transaction.claim(poll, at: now) }, then: completion)
  }

  package func report(
    _ report: PollReport, then completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void
  ) {
    submit(.unknown, { transaction throws(SQLError) in try transaction.report(report) }, then: completion)
  }

  package func settle(
    item number: Int64, refusal: (fault: FaultCode, note: String)?, at now: Timestamp,
    then completion: @escaping @Sendable (Result<Void, StoreError>) -> Void
  ) {
    submit(
      .unknown,
      { transaction throws(SQLError) in try transaction.settle(item: number, refusal: refusal, at: now) },
      then: completion)
  }

  package func polls() throws(StoreError) -> [StoredPoll] { try reader.polls() }

  package func pollItems(of party: PartyID?, after number: Int64, limit: Int) throws(StoreError) -> [StoredPollItem] {
    try reader.pollItems(of: party, after: number, limit: limit)
  }

  package func pollItem(_ number: Int64) throws(StoreError) -> (item: StoredPollItem, bytes: [UInt8])? {
    try reader.pollItem(number)
  }

  package func pollItemsOfferedAgain(limit: Int) throws(StoreError) -> [Int64] {
    try reader.pollItemsOfferedAgain(limit: limit)
  }

  package func awaited(_ query: AwaitedQuery, limit: Int) throws(StoreError) -> AwaitedQuery.Answer {
    try reader.awaited(query, limit: limit)
  }
}
