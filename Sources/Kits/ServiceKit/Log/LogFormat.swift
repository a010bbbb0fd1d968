/// How a line is laid out.
package enum LogFormat: String, Sendable, CaseIterable {
  /// `key=value` pairs, for eyes and `grep`.
  case logfmt
  /// One JSON object (RFC 8259) a line, for collectors.
  case json
}
