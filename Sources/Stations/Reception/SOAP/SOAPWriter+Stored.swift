import DossierModel
import DossierStore

// What is stored, in the words of the v1 API.
extension SOAPWriter {
  mutating func write(_ message: RecordedMessage) {
    leaf("id", message.receipt.id.description)
    leaf("dossier", message.receipt.dossier.text)
    leaf("sha256", message.receipt.digest.description)
    leaf("receivedAt", message.receipt.receivedAt)
    leaf("repeated", message.isDuplicate ? "true" : "false")
  }

  mutating func write(_ delivery: ClaimedDelivery, format: String) {
    open("message")
    leaf("delivery", delivery.id.description)
    leaf("key", delivery.key)
    leaf("dossier", delivery.dossier.text)
    leaf("type", delivery.type)
    leaf("format", format)
    leaf("content", base64: delivery.payload)
    close("message")
  }

  mutating func write(_ timeline: DossierTimeline) {
    leaf("dossier", timeline.dossier.text)
    for message in timeline.messages { write(message) }
    for entry in timeline.entries { write(entry) }
  }

  mutating func write(_ message: StoredMessage) {
    open("message")
    leaf("id", message.envelope.id.description)
    leaf("sender", message.envelope.sender.text)
    leaf("type", message.envelope.type)
    leaf("dossier", message.fields.code.text)
    leaf("procedure", message.fields.procedure)
    leaf("status", message.fields.status)
    leaf("appointedAt", message.fields.appointedAt)
    leaf("receivedAt", message.envelope.receivedAt)
    leaf("sha256", message.envelope.digest.description)
    leaf("bytes", message.bytes)
    leaf("prunedAt", message.pruning?.at)
    for delivery in message.deliveries { write(delivery) }
    close("message")
  }

  private mutating func write(_ delivery: StoredDelivery) {
    open("delivery")
    leaf("id", delivery.id.description)
    leaf("destination", delivery.destination.text)
    leaf("type", delivery.type)
    leaf("state", delivery.state.rawValue)
    leaf("attempts", delivery.attempts)
    leaf("createdAt", delivery.createdAt)
    leaf("due", delivery.due)
    leaf("lastFailure", delivery.lastFailure?.rawValue)
    leaf("note", delivery.note)
    close("delivery")
  }

  private mutating func write(_ entry: JournalEntry) {
    open("event")
    leaf("at", entry.at)
    leaf("event", entry.event)
    leaf("message", entry.message?.description)
    leaf("delivery", entry.delivery?.description)
    leaf("destination", entry.destination?.text)
    leaf("from", entry.from?.rawValue)
    leaf("to", entry.to?.rawValue)
    leaf("actor", entry.actor)
    leaf("note", entry.note)
    close("event")
  }
}
