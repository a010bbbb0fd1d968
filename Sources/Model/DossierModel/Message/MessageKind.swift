/// What a message says in canonical terms; also the name of the canonical document's root element.
package enum MessageKind: String, Sendable, CaseIterable {
  /// The state of a dossier as a whole.
  case dossier
  /// One or more steps in a dossier's handling.
  case progress
}
