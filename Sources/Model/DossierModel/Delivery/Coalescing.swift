/// Whether a later message may take the place of one that still waits for the same recipient.
package enum Coalescing: String, Sendable, CaseIterable {
  /// Every message goes.
  case none
  /// Of words of progress that say no more than that a dossier is being processed, the latest.
  case latestProgress = "latest-progress"
}
