package import ServiceKit

/// Why the conductor is asked.
package enum ConductOccasion: Sendable {
  /// A message is being recorded.
  case message(ConductedMessage, MessageContext)
  /// Its timer is due; the store knows by then when what was sent to agencies arrived, by the name of the output.
  case timer(delivered: [String: Timestamp] = [:])
  /// Somebody has looked ahead.
  case forecast([StepForecast])
  /// An operator wants something; the content is the orchestration's own.
  case order(any Sendable)

  /// What the store knows of the message beside its content.
  package struct MessageContext: Sendable {
    package var id: MessageID
    package var sender: PartyID
    package var dossier: DossierCode
    /// Whom the routes give the message.
    package var recipients: [PartyID]
    /// When what was sent to the sender for the step it has now was delivered, by the name of the output; empty where nothing was.
    package var delivered: [String: Timestamp]

    package init(
      id: MessageID, sender: PartyID, dossier: DossierCode, recipients: [PartyID], delivered: [String: Timestamp] = [:]
    ) {
      self.id = id
      self.sender = sender
      self.dossier = dossier
      self.recipients = recipients
      self.delivered = delivered
    }
  }
}
