/// Where finished lines go.
package protocol LogOutput: Sendable {
  /// Takes one line with its end; false when it had to be dropped. Never waits for long. Any thread.
  func append(_ line: [UInt8]) -> Bool
  /// Waits until everything appended is written, at most `deadline`; false when it was not.
  func flush(deadline: Duration) -> Bool
}
