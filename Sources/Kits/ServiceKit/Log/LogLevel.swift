/// How much a line matters; a log writes the lines of its level and above.
package enum LogLevel: UInt8, Sendable, CaseIterable, Comparable {
  /// For the developers of the gateway; off in operation.
  case debug = 1
  /// What an operator may want to follow.
  case info
  /// What should not happen and was dealt with.
  case warning
  /// What needs somebody.
  case error
  /// Nothing at all.
  case off

  package var name: StaticString {
    switch self {
    case .debug: "debug"
    case .info: "info"
    case .warning: "warning"
    case .error: "error"
    case .off: "off"
    }
  }

  package static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}
