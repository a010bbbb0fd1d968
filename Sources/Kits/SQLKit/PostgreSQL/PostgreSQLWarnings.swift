import CPostgreSQL

/// What a server warned of while a statement ran; one belongs to one connection and its thread.
///
/// It matters at a COMMIT: when its wait for the standby is cancelled the server reports success and only warns that the
/// standby may not have it (https://www.postgresql.org/docs/15/warm-standby.html#SYNCHRONOUS-REPLICATION-HA).
final class PostgreSQLWarnings {
  /// The last warning's sentence.
  var last: String?

  /// Why the server ended the session while nothing was asked of it.
  private(set) var farewell: String?

  fileprivate func note(_ result: OpaquePointer) {
    let sentence = lt_pq_message(result).map { String(cString: $0) } ?? "a warning without words"
    switch lt_pq_severity(result).map({ String(cString: $0) }) {
    case "WARNING": last = sentence
    case "FATAL", "PANIC": farewell = sentence
    default: break
    }
  }
}

/// libpq would print notices on standard error otherwise.
func postgreSQLNoticeReceived(_ context: UnsafeMutableRawPointer?, _ result: OpaquePointer?) {
  guard let context, let result else { return }
  // The connection keeps its warnings alive for as long as libpq can call this.
  Unmanaged<PostgreSQLWarnings>.fromOpaque(context).takeUnretainedValue().note(result)
}
