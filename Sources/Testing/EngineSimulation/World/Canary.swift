/// A defect that is put in on purpose: a simulation that does not find it proves nothing.
package enum Canary: String, Sendable, CaseIterable {
  /// A transaction that is undone is reported as stored.
  case losesCommits
  /// A delivery that is sent again comes under another key.
  case changesKeys
}
