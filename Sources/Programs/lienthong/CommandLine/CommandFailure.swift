import DocumentKit

/// Why a command ends early: one sentence with the remedy, and the exit code.
struct CommandFailure: Error {
  var exitCode: ExitCode
  var message: Sentence

  static func unusable(_ message: Sentence) -> CommandFailure {
    CommandFailure(exitCode: .unusable, message: message)
  }

  static func failed(_ message: Sentence) -> CommandFailure {
    CommandFailure(exitCode: .failure, message: message)
  }

  /// For commands that speak English only.
  static func unusable(_ message: String) -> CommandFailure { .unusable(Sentence(same: message)) }
  static func failed(_ message: String) -> CommandFailure { .failed(Sentence(same: message)) }
}
