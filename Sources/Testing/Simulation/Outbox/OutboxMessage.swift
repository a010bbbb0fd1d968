/// A report on its way to the gateway.
struct OutboxMessage: Sendable, Equatable {
  enum Kind: String, Sendable {
    case progress
    case result
  }

  /// Counts the reports of one partner from 1.
  let number: Int
  let dossier: String
  let kind: Kind
  /// A call of the partner's own by its name; nil for a report to the v1 API.
  var call: String?
  /// The `Idempotency-Key`, the same for every attempt.
  let key: String
  let contentType: String
  let body: [UInt8]
}
