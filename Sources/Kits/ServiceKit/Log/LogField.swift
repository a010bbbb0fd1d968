/// What a log line may say beside its event: a closed set, so that citizens' data and secrets do not get in by accident.
///
/// There is no case for free text. Texts are identifiers, checked when written (`LogText`): what does not look like an
/// identifier appears as `‹refused›`. An error gives its type, its code and its place, never its message.
package enum LogField: Sendable {
  // Who and what
  case message(String)
  case delivery(String)
  case dossier(String)
  case procedure(String)
  case request(String)
  case party(String)
  case destination(String)
  case profile(String)
  case mapping(String)
  case schema(String)
  case rule(String)
  case service(String)
  case node(String)
  case version(String)

  // How it is
  case state(String)
  case outcome(String)
  case method(String)
  case status(Int)
  case reason(StaticString)
  case enabled(Bool)

  // How much
  case count(Int)
  case attempt(Int)
  case bytes(Int)
  case limit(Int)
  case suppressed(Int)
  case seed(UInt64)

  // When and how long
  case duration(Duration)
  case age(Duration)
  case due(Timestamp)

  // Where
  case address(String)
  case port(Int)
  case path(String)
  case line(Int)
  case column(Int)

  // What went wrong
  case error(any Error)
  case errorCode(String)
  case systemError(Int32)
  case signal(Int32)
  case exitCode(Int32)
  /// SHA-256 or another hash, as hexadecimal digits.
  case fingerprint([UInt8])
}
