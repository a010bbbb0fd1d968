package import DossierModel
package import ServiceKit

/// Messages for statistics, dossier by dossier, and where the next ones begin.
package struct CasePage: Sendable {
  /// A place between two messages in the order of dossiers; it stays valid while messages are added.
  package struct Place: Sendable, Equatable {
    let dossier: String
    let number: Int64

    /// Before the first dossier.
    package static let start = Place(dossier: "", number: 0)
  }

  /// What happened to a procedure as a whole, or was told of it.
  package struct ConductedWord: Sendable, Equatable {
    package let at: Timestamp
    /// Of `ConductedLine`.
    package let word: String

    package init(at: Timestamp, word: String) {
      self.at = at
      self.word = word
    }
  }

  package var messages: [CaseMessage]
  /// Of those dossiers that are conducted, in their order.
  package var conducted: [DossierCode: [ConductedWord]]
  /// Nil when there are no further messages.
  package var next: Place?
}
