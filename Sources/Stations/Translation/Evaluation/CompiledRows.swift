/// Compiled rows in their order.
///
/// They can be gone through without being retained: two threads that translate by one mapping would otherwise pass the counts of
/// every row to and fro between their cores, which was a fiftieth of all that a message costs.
struct CompiledRows: Sendable {
  let owned: [CompiledRow]
  /// The same rows; `owned` keeps them alive.
  private let borrowed: [Unmanaged<CompiledRow>]

  init(_ rows: [CompiledRow]) {
    owned = rows
    borrowed = rows.map { Unmanaged.passUnretained($0) }
  }

  /// Calls `body` with each row, until it throws.
  func forEach<Failure: Error>(_ body: (CompiledRow) throws(Failure) -> Void) throws(Failure) {
    for row in borrowed {
      // `self` is held by the caller, and with it the row.
      let failure: Failure? = row._withUnsafeGuaranteedRef { row in
        do throws(Failure) { try body(row) } catch { return error }
        return nil
      }
      if let failure { throw failure }
    }
  }
}
