/// How much a log may hold and repeat.
package struct LogLimits: Sendable {
  /// Bytes that wait for a slow descriptor; lines beyond are dropped and counted.
  package var bufferBytes = 1024 * 1024
  /// Lines of one event within `repeatWindow`; those beyond are counted and told later.
  package var repeatedLines = 1_000
  package var repeatWindow = Duration.seconds(10)
  /// Fields of one line; those beyond are left out.
  package var fields = 24

  package init() {}

  package static let standard = LogLimits()
}
