import DossierModel
import DossierStore
import Management
import ServiceKit

/// What was tried to deliver a message, one line for each attempt.
struct AttemptList {
  let attempts: [StoredAttempt]

  var lines: [String] {
    let head =
      "ATTEMPT".padded(to: 12) + "TO".padded(to: 24) + "STARTED".padded(to: 31) + "TOOK".padded(to: 10)
      + "HTTP".padded(to: 6) + "ANSWER".padded(to: 10) + "MEANT"
    return [head] + attempts.map(line)
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
