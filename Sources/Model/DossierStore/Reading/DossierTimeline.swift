package import DossierModel

/// The story of one dossier: its messages, its deliveries and every journalled change, oldest first.
package struct DossierTimeline: Sendable {
  package var dossier: DossierCode
  package var messages: [StoredMessage]
  package var entries: [JournalEntry]
}
