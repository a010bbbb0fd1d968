import DossierModel
import SQLKit

/// One change on its way to the writing thread.
struct StoreChange: Sendable {
  /// What a change is about, as far as it is known beforehand: an engine may lock and look it up for a whole batch at
  /// once.
  enum Subject: Sendable {
    case records([MessageRecord])
    case exchange(DeliveryExchange)
    case delivery(DeliveryID)
    /// What it touches is found only while it works.
    case unknown
  }

  let subject: Subject
  /// Bytes by which a sender's change counts among those that wait; nil for a change that is never turned away.
  let weight: Int?
  /// Carries out the change inside the transaction and returns what to do once it is durable.
  let perform: @Sendable (StoreTransaction) throws(SQLError) -> @Sendable () -> Void
  let fail: @Sendable (StoreError) -> Void

  init(
    about subject: Subject = .unknown, weight: Int? = nil,
    perform: @escaping @Sendable (StoreTransaction) throws(SQLError) -> @Sendable () -> Void,
    fail: @escaping @Sendable (StoreError) -> Void
  ) {
    self.subject = subject
    self.weight = weight
    self.perform = perform
    self.fail = fail
  }
}
