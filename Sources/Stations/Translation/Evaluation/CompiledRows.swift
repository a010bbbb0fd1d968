/// Compiled rows in their order, gone through without being retained.
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
    // `self` is held by the caller, and with it the rows.
    for row in borrowed { try row.lend(body) }
  }
}
