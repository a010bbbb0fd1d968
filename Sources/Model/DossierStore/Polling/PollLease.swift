/// The right to ask: one gateway holds it for one round of a poll, under its epoch, and goes on from where the last round
/// came to. It ends with the report that says so, or with the epoch.
package struct PollLease: Sendable, Equatable {
  package let poll: PollID
  package let epoch: Int64
  package let place: PollPlace
  /// Rounds in a row that have failed before this one.
  package let failures: Int
  /// Items of this poll that could not be taken and are kept.
  package let keptItems: Int

  package init(poll: PollID, epoch: Int64, place: PollPlace = PollPlace(), failures: Int = 0, keptItems: Int = 0) {
    self.poll = poll
    self.epoch = epoch
    self.place = place
    self.failures = failures
    self.keptItems = keptItems
  }
}
