/// When a step begins that stands behind others. A step that is left out (not chosen, its condition false) holds up none.
package enum Join: String, Sendable, CaseIterable {
  /// When each of them is done, or has consented by silence.
  case all
  /// When the first of them is done, or has consented by silence.
  case any
  /// When each of them has ended in whatever way: done, refused or silent.
  case ended
}
