package import DossierStore

/// What a round of a poll has come to, of which nothing was taken in.
package struct PollTrial: Sendable {
  /// Items that would go down the line.
  package var found = 0
  /// Items of which no message could be made, with the reasons.
  package var unusable: [(name: String, note: String)] = []
  /// How the round ended; nil where more of it would follow, which a trial leaves alone.
  package var end: PollReport.End?

  /// Whether the partner said what it has, or that it has nothing.
  package var isGood: Bool {
    if case .failed = end { false } else { true }
  }
}
