import DossierModel
import DossierStore
import Management
import ServiceKit

/// The story of a dossier as an operator reads it: one line for each change, and at the end who holds it.
struct TimelineText {
  private let timeline: DossierTimeline
  private let now: Timestamp

  init(_ timeline: DossierTimeline, now: Timestamp) {
    self.timeline = timeline
    self.now = now
  }

  var lines: [String] {
    ["Dossier \(timeline.dossier)"] + timeline.entries.map(line) + [""] + holders
  }

  private func line(_ entry: JournalEntry) -> String {
    let time = entry.at.rfc3339(offset: .vietnam, fraction: .milliseconds)
    return "  \(time)  \(sentence(entry))" + (entry.note.map { " — \($0)" } ?? "")
  }

  private func sentence(_ entry: JournalEntry) -> String {
    guard let destination = entry.destination else {
      let type = timeline.messages.first { $0.envelope.id == entry.message }?.envelope.type ?? "a message"
      switch entry.event {
      case "received": return "received \(type) from \(entry.actor)"
      case "pruned": return "pruned: the bytes of \(type) were removed, it cannot be sent again"
      default: return "\(entry.event) (\(entry.actor))"
      }
    }
    let change = [entry.from?.rawValue, entry.to?.rawValue].compactMap { $0 }.joined(separator: " → ")
    return "to \(destination): \(entry.event) (\(change))"
  }

  /// Who has the dossier now, one line for each open delivery.
  private var holders: [String] {
    let open = timeline.messages.flatMap(\.deliveries).filter { !$0.state.releasesSuccessors }
    guard !open.isEmpty else { return ["Nothing is on its way: every delivery of this dossier is done."] }
    return open.map { delivery in
      var text = "\(delivery.type) for \(delivery.destination) (delivery \(delivery.id)) is \(delivery.state.rawValue)"
      if delivery.attempts > 0 { text += " after \(delivery.attempts) attempt(s)" }
      if let failure = delivery.lastFailure { text += ", last: \(failure.rawValue)" }
      if let due = delivery.due { text += due <= now ? ", due now" : ", next attempt in \(Ages.short(due - now))" }
      return text
    }
  }
}
