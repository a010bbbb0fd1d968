/// By what a transaction is found again when the answer to its commit was lost.
struct TransactionMark: Sendable {
  let epoch: Int64
  /// Rises from one transaction of an epoch to the next.
  let ordinal: Int64
}
