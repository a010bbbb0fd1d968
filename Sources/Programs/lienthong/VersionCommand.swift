import Gateway

/// `lienthong version`.
enum VersionCommand: Command {
  static let name = "version"
  static let summary = "print the version"
  static let help = """
    Usage: lienthong version

    Prints the program's name and version on one line.
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    _ = try arguments.words()
    Terminal.print("lienthong \(Gateway.version)")
    return .success
  }
}
