package import DossierStore

// The calls of procedures with their completions waited for: for tests only, where nothing else runs on the thread.
extension ProcedureLedger {
  package func conductAndWait(_ order: ConductOrder) throws -> Bool {
    let awaited = Awaited<Result<Bool, StoreError>>()
    conduct(order) { awaited.bring($0) }
    guard let result = awaited.get() else { throw CompletionMissing() }
    return try result.get()
  }
}
