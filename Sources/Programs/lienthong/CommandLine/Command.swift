/// One command of the program.
protocol Command {
  static var name: String { get }
  /// One line for the overview.
  static var summary: String { get }
  /// The whole manual of the command: usage, options, exit codes.
  static var help: String { get }
  /// Options that take a value, with their dashes.
  static var options: [String] { get }
  /// Options that take none.
  static var flags: [String] { get }

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode
}

extension Command {
  static var options: [String] { [] }
  static var flags: [String] { [] }
}
