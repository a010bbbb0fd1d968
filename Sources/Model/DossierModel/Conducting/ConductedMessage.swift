/// What the orchestration has found in a message on the line: enough for the store to find the procedure under way, and the
/// orchestration's own word for the conductor, who gets it in the transaction that records the message.
package struct ConductedMessage: Sendable {
  /// The codes under which the procedure may be known, the message's own first.
  package var codes: [DossierCode]
  /// Whether the message is an agency's word to the conductor: routes then have no say, because what others learn of it
  /// the procedure decides.
  package var isAnswer: Bool
  /// Parties that routes do not lead to, because the procedure serves them in their turn.
  package var withheldFrom: Set<PartyID>
  /// Of the orchestration; nobody else looks into it.
  package var content: any Sendable

  package init(
    codes: [DossierCode], isAnswer: Bool, withheldFrom: Set<PartyID> = [], content: any Sendable
  ) {
    self.codes = codes
    self.isAnswer = isAnswer
    self.withheldFrom = withheldFrom
    self.content = content
  }
}
