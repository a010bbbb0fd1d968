package import ServiceKit

/// One line of a procedure's history: nothing of the citizen is in it.
package struct ConductedLine: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    /// Something happened.
    case event
    /// Something was done because of it.
    case instruction
    /// Somebody should look.
    case alarm
  }

  package var at: Timestamp
  package var kind: Kind
  /// One closed word; of this edition's, one of `ProcedureWord`.
  package var word: String
  /// The step it is about; nil for the whole.
  package var step: String?
  package var party: PartyID?
  /// The sentence for people.
  package var text: String

  package init(at: Timestamp, kind: Kind, word: String, step: String?, party: PartyID?, text: String) {
    self.at = at
    self.kind = kind
    self.word = word
    self.step = step
    self.party = party
    self.text = text
  }
}
