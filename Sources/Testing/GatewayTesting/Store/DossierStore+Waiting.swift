package import DossierModel
package import DossierStore
package import ServiceKit

// The store's calls with their completions waited for: for tests only, where nothing else runs on the thread.
extension DossierStore {
  package func recordAndWait(_ records: [MessageRecord]) throws -> RecordingOutcome {
    let awaited = Awaited<Result<RecordingOutcome, StoreError>>()
    record(records) { awaited.bring($0) }
    return try unwrap(awaited)
  }

  package func exchangeAndWait(_ exchange: DeliveryExchange) throws -> [ClaimedDelivery] {
    let awaited = Awaited<Result<[ClaimedDelivery], StoreError>>()
    self.exchange(exchange) { awaited.bring($0) }
    return try unwrap(awaited)
  }

  package func fetchInboxAndWait(of party: PartyID, limit: Int, at now: Timestamp) throws -> [ClaimedDelivery] {
    let awaited = Awaited<Result<[ClaimedDelivery], StoreError>>()
    fetchInbox(of: party, limit: limit, at: now) { awaited.bring($0) }
    return try unwrap(awaited)
  }

  package func handOutAndWait(_ delivery: DeliveryID, to party: PartyID, at now: Timestamp) throws -> Bool {
    let awaited = Awaited<Result<Bool, StoreError>>()
    handOut(delivery, to: party, at: now) { awaited.bring($0) }
    return try unwrap(awaited)
  }

  package func declineAndWait(
    _ delivery: DeliveryID, by party: PartyID, note: String, at now: Timestamp
  ) throws -> Bool {
    let awaited = Awaited<Result<Bool, StoreError>>()
    decline(delivery, by: party, note: note, at: now) { awaited.bring($0) }
    return try unwrap(awaited)
  }

  package func acknowledgeAndWait(_ delivery: DeliveryID, by party: PartyID, at now: Timestamp) throws -> Bool {
    let awaited = Awaited<Result<Bool, StoreError>>()
    acknowledge(delivery, by: party, at: now) { awaited.bring($0) }
    return try unwrap(awaited)
  }

  package func carryOutAndWait(_ order: OperatorOrder) throws -> OperatorReport {
    let awaited = Awaited<Result<OperatorReport, StoreError>>()
    carryOut(order) { awaited.bring($0) }
    return try unwrap(awaited)
  }

  package func resendAndWait(_ order: ResendOrder) throws -> ResendOutcome {
    let awaited = Awaited<Result<ResendOutcome, StoreError>>()
    resend(order) { awaited.bring($0) }
    return try unwrap(awaited)
  }

  package func supplyAndWait(
    _ payload: [UInt8], naming files: [String] = [], note: String? = nil, to delivery: DeliveryID, at now: Timestamp
  ) throws -> Bool {
    try supplyAndWait(.bytes(payload, files: files, type: nil, note: note), to: delivery, at: now)
  }

  package func supplyAndWait(_ supply: Supply, to delivery: DeliveryID, at now: Timestamp) throws -> Bool {
    let awaited = Awaited<Result<Bool, StoreError>>()
    self.supply(supply, to: delivery, at: now) { awaited.bring($0) }
    return try unwrap(awaited)
  }

  package func pruneAndWait(_ order: PruneOrder) throws -> PruneReport {
    let awaited = Awaited<Result<PruneReport, StoreError>>()
    prune(order) { awaited.bring($0) }
    return try unwrap(awaited)
  }

  package func eraseAndWait(atMost limit: Int) throws -> Bool {
    let awaited = Awaited<Result<Bool, StoreError>>()
    erase(atMost: limit) { awaited.bring($0) }
    return try unwrap(awaited)
  }

  private func unwrap<Value: Sendable>(_ awaited: Awaited<Result<Value, StoreError>>) throws -> Value {
    guard let result = awaited.get() else { throw CompletionMissing() }
    return try result.get()
  }
}

/// A completion was not called within the limit.
package struct CompletionMissing: Error {}
