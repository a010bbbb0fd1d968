package import DossierModel

/// Where a ready delivery stands among those to the same destination, and how it goes there.
package struct QueuePlace: Sendable, Equatable {
  /// Others are counted up to this number.
  package static let countLimit = 10_000

  /// Ready deliveries of its lane that are claimed before it.
  package var ahead: Int
  /// Deliveries to the destination that failed and are tried again.
  package var failed: Int
  /// The failure most of those have in common.
  package var failure: FailureClass?

  package init(ahead: Int, failed: Int, failure: FailureClass? = nil) {
    self.ahead = ahead
    self.failed = failed
    self.failure = failure
  }
}
