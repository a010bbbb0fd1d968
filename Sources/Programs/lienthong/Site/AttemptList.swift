import DocumentKit
import DossierModel
import DossierStore
import Management
import ServiceKit

/// What was tried to deliver a message, one line for each attempt.
struct AttemptList {
  let attempts: [StoredAttempt]

  func lines(in language: Language) -> [String] {
    let heads =
      Sentence("ATTEMPT", "LẦN THỬ").padded(to: 12, in: language) + Sentence("TO", "TỚI").padded(to: 24, in: language)
      + Sentence("STARTED", "BẮT ĐẦU").padded(to: 31, in: language)
      + Sentence("TOOK", "MẤT").padded(to: 10, in: language)
      + "HTTP".padded(to: 6) + Sentence("ANSWER", "TRẢ LỜI").padded(to: 10, in: language)
      + Sentence("MEANT", "NGHĨA LÀ").text(in: language)
    return [heads] + attempts.map(line)
  }

  private func line(_ attempt: StoredAttempt) -> String {
    let milliseconds = (attempt.endedAt - attempt.startedAt) / .milliseconds(1)
    let meant = attempt.event.rawValue + (attempt.failure.map { " (\($0.rawValue))" } ?? "")
    return "\(attempt.delivery).\(attempt.ordinal)".padded(to: 12) + attempt.destination.text.padded(to: 24)
      + attempt.startedAt.rfc3339(offset: .vietnam, fraction: .milliseconds).padded(to: 31)
      + "\(Int(milliseconds)) ms".padded(to: 10) + (attempt.status.map(String.init) ?? "-").padded(to: 6)
      + "\(attempt.answerBytes) B".padded(to: 10) + meant
  }
}
