/// Who has a dossier while time passes, or whose time it was.
package enum Holder: String, Sendable, CaseIterable {
  /// It is under way: it waits here, or the agency's system does not take it.
  case transport
  case agency
}
