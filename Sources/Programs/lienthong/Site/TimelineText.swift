import DocumentKit
import DossierModel
import DossierStore
import Management
import ServiceKit

/// The story of a dossier as an operator reads it: one line for each change, and at the end who holds it.
struct TimelineText {
  private let timeline: DossierTimeline
  private let now: Timestamp
  private let language: Language

  init(_ timeline: DossierTimeline, now: Timestamp, in language: Language) {
    self.timeline = timeline
    self.now = now
    self.language = language
  }

  var lines: [String] {
    [Sentence("Dossier \(timeline.dossier)", "Hồ sơ \(timeline.dossier)").text(in: language)]
      + timeline.entries.map(line) + [""] + holders.map { $0.text(in: language) }
  }

  private func line(_ entry: JournalEntry) -> String {
    let time = entry.at.rfc3339(offset: .vietnam, fraction: .milliseconds)
    return "  \(time)  \(sentence(entry).text(in: language))" + (entry.note.map { " — \($0)" } ?? "")
  }

  private func sentence(_ entry: JournalEntry) -> Sentence {
    guard let destination = entry.destination else {
      let known = timeline.messages.first { $0.envelope.id == entry.message }?.envelope.type
      let type = known.map { Sentence(same: $0) } ?? Sentence("a message", "một bản tin")
      switch entry.event {
      case "received":
        return Sentence("received ", "đã nhận ") + type + Sentence(" from \(entry.actor)", " từ \(entry.actor)")
      case "pruned":
        return Sentence("pruned: the bytes of ", "pruned: nội dung của ") + type
          + Sentence(" were removed, it cannot be sent again", " đã bị xóa, không gửi lại được nữa")
      default: return Sentence(same: "\(entry.event) (\(entry.actor))")
      }
    }
    let change = [entry.from?.rawValue, entry.to?.rawValue].compactMap { $0 }.joined(separator: " → ")
    return Sentence("to ", "tới ") + Sentence(same: "\(destination): \(entry.event) (\(change))")
  }

  /// Who has the dossier now, one line for each open delivery.
  private var holders: [Sentence] {
    let open = timeline.messages.flatMap(\.deliveries).filter { !$0.state.releasesSuccessors }
    guard !open.isEmpty else {
      return [
        Sentence(
          "Nothing is on its way: every delivery of this dossier is done.",
          "Không còn gì trên đường: mọi lượt giao của hồ sơ này đã xong.")
      ]
    }
    return open.map(holder)
  }

  private func holder(_ delivery: StoredDelivery) -> Sentence {
    let state = delivery.state.rawValue
    var text = Sentence(
      "\(delivery.type) for \(delivery.destination) (delivery \(delivery.id)) is \(state)",
      "\(delivery.type) cho \(delivery.destination) (lượt giao \(delivery.id)) ở trạng thái \(state)")
    if delivery.attempts > 0 {
      text = text + Sentence(" after \(delivery.attempts) attempt(s)", " sau \(delivery.attempts) lần thử")
    }
    if let failure = delivery.lastFailure?.rawValue {
      text = text + Sentence(", last: \(failure)", ", lần cuối: \(failure)")
    }
    if let due = delivery.due {
      text =
        text
        + (due <= now
          ? Sentence(", due now", ", đến lúc gửi")
          : Sentence(
            ", next attempt in \(Ages.short(due - now))",
            ", lần thử tiếp theo sau \(Ages.short(due - now, in: .vietnamese))"))
    }
    return text
  }
}
