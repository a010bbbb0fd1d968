package import DossierModel
package import ServiceKit

/// How a poll stands, for whoever looks.
package struct StoredPoll: Sendable, Equatable {
  package var id: PollID
  package var place: PollPlace
  package var due: Timestamp
  /// Epoch of the gateway that is at it; nil between two rounds.
  package var epoch: Int64?
  package var begun: Timestamp?
  package var succeeded: Timestamp?
  package var failures: Int
  package var failure: FailureClass?
  package var note: String?
  package var taken: Int
  /// Items that could not be taken and are kept.
  package var keptItems: Int
}
