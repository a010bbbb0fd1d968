/// How gently messages are pruned.
package struct RetentionLimits: Sendable, Equatable {
  /// The first pass begins so long after the start: a start is never slow, and a site that is started anew and again still
  /// prunes.
  package var firstPass = Duration.seconds(60)
  /// From the end of a pass to the next.
  package var period = Duration.seconds(3_600)
  /// Messages whose bytes are removed in one commit.
  package var batchMessages = 32
  /// Bytes of messages and deliveries removed in one commit; what one message has more goes in commits of its own.
  package var batchBytes = 512 << 10
  /// Of the time while it works, the part that the store may be busy with pruning: after each commit it rests in proportion
  /// to how long that took. A commit that waited for the line counts with its waiting, so pruning is slowest when the line
  /// is busiest.
  package var share = 0.1
  package var restMinimum = Duration.milliseconds(10)
  package var restMaximum = Duration.seconds(5)

  package init() {}

  package static let standard = RetentionLimits()

  func rest(after used: Duration) -> Duration {
    min(max(used * (1 / share - 1), restMinimum), restMaximum)
  }
}
