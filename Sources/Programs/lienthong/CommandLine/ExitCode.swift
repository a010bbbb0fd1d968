/// What the program says to the shell.
enum ExitCode: Int32 {
  case success = 0
  /// The question was understood and the answer is no: invalid, not found.
  case negative = 1
  /// The call is wrong, or a file or site cannot be read or used.
  case unusable = 2
  /// The database, the network or the machine failed.
  case failure = 3
}
