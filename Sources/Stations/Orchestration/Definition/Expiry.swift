/// What it means that an agency has not answered in its time.
package enum Expiry: String, Sendable, CaseIterable {
  /// It is late; its answer is waited for.
  case late
  /// It agrees: silence is consent.
  case consent
  /// Its opinion is gone without; a step that waits for the end of this one begins.
  case pass
}
