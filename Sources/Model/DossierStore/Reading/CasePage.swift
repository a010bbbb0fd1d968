/// Messages for statistics, dossier by dossier, and where the next ones begin.
package struct CasePage: Sendable {
  /// A place between two messages in the order of dossiers; it stays valid while messages are added.
  package struct Place: Sendable, Equatable {
    let dossier: String
    let number: Int64

    /// Before the first dossier.
    package static let start = Place(dossier: "", number: 0)
  }

  package var messages: [CaseMessage]
  /// Nil when there are no further messages.
  package var next: Place?
}
