package import DocumentKit
import DossierModel
package import DossierStore
package import JSONKit
import ServiceKit

/// What is stored, in JSON: the same words on the HTTP API and on the command line (`--json`).
package enum StoredDocument {
  package static func write(_ message: StoredMessage, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", message.envelope.id.description)
    writer.member("sender", message.envelope.sender.text)
    writer.member("type", message.envelope.type)
    writer.member("dossier", message.fields.code.text)
    writer.member("procedure", message.fields.procedure)
    writer.member("status", message.fields.status)
    writer.member("appointedAt", message.fields.appointedAt)
    writer.member("receivedAt", message.envelope.receivedAt)
    writer.member("sha256", message.envelope.digest.description)
    writer.name("bytes")
    writer.integer(message.bytes)
    writer.member("traceparent", message.envelope.traceparent)
    if let pruning = message.pruning {
      writer.name("pruned")
      writer.beginObject()
      writer.member("at", pruning.at)
      writer.member("rule", pruning.rule)
      writer.endObject()
    }
    writer.name("deliveries")
    writer.beginArray()
    for delivery in message.deliveries { write(delivery, to: &writer) }
    writer.endArray()
    writer.endObject()
  }

  package static func write(_ timeline: DossierTimeline, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("dossier", timeline.dossier.text)
    writer.name("messages")
    writer.beginArray()
    for message in timeline.messages { write(message, to: &writer) }
    writer.endArray()
    writer.name("timeline")
    writer.beginArray()
    for entry in timeline.entries { write(entry, to: &writer) }
    writer.endArray()
    writer.endObject()
  }

  package static func write(_ row: QueueRow, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("destination", row.destination.text)
    writer.member("state", row.state.rawValue)
    writer.name("count")
    writer.integer(row.count)
    writer.member("oldestAt", row.oldestAt)
    writer.member("nextDue", row.nextDue)
    writer.endObject()
  }

  /// `bounds`: the minutes that were asked for; the last count is of what is older.
  package static func write(_ ages: QueueAges, minutes bounds: [Int], to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("destination", ages.destination.text)
    writer.name("ages")
    writer.beginArray()
    for (index, count) in ages.counts.enumerated() {
      writer.beginObject()
      if index < bounds.count {
        writer.name("youngerThanMinutes")
        writer.integer(bounds[index])
      }
      writer.name("count")
      writer.integer(count)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }

  package static func write(_ group: FailureGroup, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("fingerprint", group.fingerprint)
    writer.name("count")
    writer.integer(group.count)
    writer.member("oldestAt", group.oldestAt)
    writer.member("newestAt", group.newestAt)
    writer.member("state", group.state.rawValue)
    writer.member("destination", group.destination.text)
    writer.member("type", group.type)
    writer.member("failure", group.failure?.rawValue)
    writer.member("note", group.note)
    writer.endObject()
  }

  /// `why` and `whyVi`: the sentence that says why it is not sent, where that was asked.
  package static func write(_ standing: DeliveryStanding, why sentence: Sentence? = nil, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("why", sentence.map { $0.english + "." })
    writer.member("whyVi", sentence.map { $0.vietnamese + "." })
    writer.member("dossier", standing.dossier.text)
    writer.member("message", standing.message.description)
    writer.name("delivery")
    write(standing.delivery, to: &writer)
    if let predecessor = standing.predecessor {
      writer.name("predecessor")
      write(predecessor, to: &writer)
    }
    writer.endObject()
  }

  /// `result` is the new state, or why there is none.
  package static func write(_ item: OperatorReport.Item, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("delivery", item.delivery.description)
    writer.member("destination", item.destination.text)
    writer.member("dossier", item.dossier.text)
    writer.member("from", item.state.rawValue)
    switch item.result {
    case .moved(let state): writer.member("to", state.rawValue)
    case .notApplicable: writer.member("left", "notApplicable")
    case .untranslated: writer.member("left", "untranslated")
    case .toBeWritten: writer.member("left", "toBeWritten")
    }
    writer.endObject()
  }

  package static func write(_ summary: DossierSummary, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("dossier", summary.code.text)
    writer.member("procedure", summary.procedure)
    writer.member("status", summary.status)
    writer.member("latestAt", summary.latestAt)
    writer.name("messages")
    writer.integer(summary.messages)
    writer.name("openDeliveries")
    writer.integer(summary.openDeliveries)
    writer.endObject()
  }

  private static func write(_ delivery: StoredDelivery, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", delivery.id.description)
    writer.member("destination", delivery.destination.text)
    writer.member("type", delivery.type)
    writer.member("state", delivery.state.rawValue)
    writer.name("attempts")
    writer.integer(delivery.attempts)
    writer.member("createdAt", delivery.createdAt)
    writer.member("due", delivery.due)
    writer.member("lastFailure", delivery.lastFailure?.rawValue)
    writer.member("note", delivery.note)
    writer.endObject()
  }

  package static func write(_ attempt: StoredAttempt, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("delivery", attempt.delivery.description)
    writer.member("destination", attempt.destination.text)
    writer.name("attempt")
    writer.integer(attempt.ordinal)
    writer.member("startedAt", attempt.startedAt)
    writer.member("endedAt", attempt.endedAt)
    writer.member("event", attempt.event.rawValue)
    writer.member("failure", attempt.failure?.rawValue)
    if let status = attempt.status {
      writer.name("status")
      writer.integer(status)
    }
    writer.name("answerBytes")
    writer.integer(attempt.answerBytes)
    writer.endObject()
  }

  private static func write(_ entry: JournalEntry, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("at", entry.at)
    writer.member("event", entry.event)
    writer.member("message", entry.message?.description)
    writer.member("delivery", entry.delivery?.description)
    writer.member("destination", entry.destination?.text)
    writer.member("from", entry.from?.rawValue)
    writer.member("to", entry.to?.rawValue)
    writer.member("actor", entry.actor)
    writer.member("note", entry.note)
    writer.endObject()
  }
}

extension JSONWriter {
  /// A member with a text; left out when there is none.
  mutating func member(_ name: String, _ value: String?) {
    guard let value else { return }
    self.name(name)
    string(value)
  }

  mutating func member(_ name: String, _ value: Timestamp?) {
    member(name, value?.rfc3339(offset: .vietnam))
  }
}
