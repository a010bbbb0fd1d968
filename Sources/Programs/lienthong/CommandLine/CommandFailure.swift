/// Why a command ends early: one sentence with the remedy, and the exit code.
struct CommandFailure: Error {
  var exitCode: ExitCode
  var message: String

  static func unusable(_ message: String) -> CommandFailure { CommandFailure(exitCode: .unusable, message: message) }
  static func failed(_ message: String) -> CommandFailure { CommandFailure(exitCode: .failure, message: message) }
}
