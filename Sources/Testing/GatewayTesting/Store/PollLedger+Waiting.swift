package import DossierModel
package import DossierStore
package import ServiceKit

// The calls of polls with their completions waited for: for tests only, where nothing else runs on the thread.
extension PollLedger {
  package func claimAndWait(_ poll: PollID, at now: Timestamp) throws -> PollLease? {
    let awaited = Awaited<Result<PollLease?, StoreError>>()
    claim(poll, at: now) { awaited.bring($0) }
    return try unwrap(awaited)
  }

  package func reportAndWait(_ report: PollReport) throws -> Bool {
    let awaited = Awaited<Result<Bool, StoreError>>()
    self.report(report) { awaited.bring($0) }
    return try unwrap(awaited)
  }

  package func settleAndWait(item: Int64, refusal: (fault: FaultCode, note: String)?, at now: Timestamp) throws {
    let awaited = Awaited<Result<Void, StoreError>>()
    settle(item: item, refusal: refusal, at: now) { awaited.bring($0) }
    try unwrap(awaited)
  }

  private func unwrap<Value: Sendable>(_ awaited: Awaited<Result<Value, StoreError>>) throws -> Value {
    guard let result = awaited.get() else { throw CompletionMissing() }
    return try result.get()
  }
}
