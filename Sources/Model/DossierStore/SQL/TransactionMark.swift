/// By what a transaction is found again when the answer to its commit was lost.
struct TransactionMark: Sendable {
  let text: String
}
