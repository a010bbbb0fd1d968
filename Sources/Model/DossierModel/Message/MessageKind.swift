/// What a message says in canonical terms; also the name of the canonical document's root element.
package enum MessageKind: String, Sendable, CaseIterable {
  /// The state of a dossier as a whole.
  case dossier
  /// One or more steps in a dossier's handling.
  case progress
  /// An agency's figures of a month or a year.
  case statistics
  /// What somebody who was asked answered to a survey of quality.
  case survey

  /// Whether it says how a dossier stands.
  package var isAboutDossier: Bool { self == .dossier || self == .progress }
}
