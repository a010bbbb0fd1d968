package import DossierModel
package import ServiceKit

/// What a round of a poll has come to, for the disk. What it says of place and items is stored together.
package struct PollReport: Sendable {
  /// How a round ends. Its lease ends with it.
  package enum End: Sendable, Equatable {
    case done
    /// One sentence for the operator, without values of a message.
    case failed(FailureClass, note: String)
    /// It was not gone on with, for a reason that is not the partner's: the gateway stops, or the disk is full.
    case broken
  }

  /// An item that the line does not take, and why: rules, never values.
  package struct Refused: Sendable {
    package var item: PollItem
    package var fault: FaultCode
    package var note: String

    package init(_ item: PollItem, fault: FaultCode, note: String) {
      self.item = item
      self.fault = fault
      self.note = note
    }
  }

  package var lease: PollLease
  package var at: Timestamp
  package var place: PollPlace
  /// Items that became messages since the last report.
  package var taken = 0
  /// To be kept with their bytes.
  package var refused: [Refused] = []
  /// Items that may have been kept before and were taken now.
  package var cleared: [PollItem] = []
  /// Dossiers that were asked about, and those whose end is known.
  package var asked: [AwaitedDossier] = []
  package var settled: [AwaitedDossier] = []
  /// nil while the round goes on.
  package var end: End?
  /// When the next round may begin; only with an end.
  package var due: Timestamp?

  package init(_ lease: PollLease, at: Timestamp, place: PollPlace) {
    self.lease = lease
    self.at = at
    self.place = place
  }
}
