/// One stop of the line: looks at the passage, adds to it, or refuses the message.
///
/// Stations are pure: the same passage gives the same result, nothing outside it changes. They are shared by threads.
package protocol Station: Sendable {
  /// Throws when the sender has to mend something; other failures are defects of ours.
  func process(_ passage: inout Passage) throws(Refusal)
}
