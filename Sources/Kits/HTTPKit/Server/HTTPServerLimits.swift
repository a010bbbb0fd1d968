/// What a server takes from its connections, in bytes, numbers and time.
package struct HTTPServerLimits: Sendable, Equatable {
  /// The head of a request, from the method to the empty line; more is answered 431.
  package var headBytes = 16 * 1024
  /// Fields in a head; more is answered 431.
  package var headFields = 100
  /// The body of a request, decoded from chunks; more is answered 413.
  package var bodyBytes = 16 * 1024 * 1024
  /// What is read and thrown away of a body that is refused, so that the refusal reaches a sender that does not
  /// listen while it sends; beyond it the connection is cut.
  package var discardedBytes = 1024 * 1024
  /// Connections at the same time; more wait to be accepted until one closes.
  package var connections = 2_000
  /// Connections at the same time from one address; more are closed at once.
  package var connectionsPerAddress = 2_000
  /// From the connection's acceptance (later: from the request line) to the end of the head, TLS handshake included.
  package var headDeadline: Duration = .seconds(10)
  /// From the end of the head to the end of a body that is kept in memory.
  package var bodyDeadline: Duration = .seconds(60)
  /// From the end of the body to the handler's answer; 503 is answered in its place.
  package var replyDeadline: Duration = .seconds(60)
  /// From the answer to its last byte taken by the other end.
  package var sendDeadline: Duration = .seconds(60)
  /// A body that is streamed has no deadline as a whole: a fixed one would cut off an honest sender of a large file on a
  /// slow line, or let a dripping one hold its connection as long as the largest file may take. In place of it each such
  /// period has to bring ``streamPeriodBytes``, in both directions; what is slower is cut.
  package var streamPeriod: Duration = .seconds(30)
  /// The least that a streamed body moves in a period; the standard is 16 KiB a second.
  package var streamPeriodBytes = 480 * 1024
  /// Between two requests of a connection, and without any byte moving inside one. Whole seconds.
  package var idle: Duration = .seconds(60)

  package init() {}

  package static let standard = HTTPServerLimits()

  /// The first limit that cannot work, as a sentence.
  var complaint: String? {
    if headBytes < 256 || headBytes > 1024 * 1024 { return "headBytes must be between 256 bytes and 1 MiB" }
    if headFields < 1 || headFields > 10_000 { return "headFields must be between 1 and 10,000" }
    if bodyBytes < 0 || discardedBytes < 0 { return "bodyBytes and discardedBytes must not be negative" }
    if connections < 1 { return "connections must be at least 1" }
    if connectionsPerAddress < 1 { return "connectionsPerAddress must be at least 1" }
    if idle < .seconds(1) { return "idle must be at least one second" }
    if streamPeriodBytes < 1 { return "streamPeriodBytes must be at least 1" }
    if [headDeadline, bodyDeadline, replyDeadline, sendDeadline, streamPeriod].contains(where: { $0 <= .zero }) {
      return "deadlines must be longer than nothing"
    }
    return nil
  }
}
