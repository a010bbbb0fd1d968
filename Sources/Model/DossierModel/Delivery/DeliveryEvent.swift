/// What can happen to a delivery.
package enum DeliveryEvent: String, Sendable, CaseIterable {
  /// Every earlier delivery of the same dossier to the same destination is done.
  case predecessorDone
  /// A deliverer took it to send it.
  case claimed
  /// An agency that pulls took it out of its inbox.
  case fetched
  /// That agency said that it has it.
  case acknowledged
  /// The partner took it, or had it already.
  case accepted
  /// The partner said no for good.
  case refused
  /// The attempt failed before the partner could have taken it, or the partner asked to come again.
  case postponed
  /// The bytes went out and no readable answer came back.
  case answerMissing
  /// Attempts or time are spent.
  case exhausted
  /// The deliverer that had claimed it is gone.
  case claimLost
  /// An operator stopped it, or a code has no counterpart.
  case held
  /// An operator let it go on.
  case released
  /// An operator let it go on, behind an earlier delivery of its dossier that is not done yet.
  case requeued
  /// An operator does not want to wait for its due time.
  case hastened
  /// An operator took it back.
  case cancelled
  /// A later message tells what it says, by a declared rule.
  case superseded
}
