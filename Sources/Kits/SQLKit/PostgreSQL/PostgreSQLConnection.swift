import CPostgreSQL
import Glibc

/// libpq's connection with its socket: opening, sending, reading, and giving up in time. It knows nothing of statements.
///
/// The socket is in non-blocking mode: a blocking one would wait for ever once the server stops reading because nobody
/// reads its answers (https://www.postgresql.org/docs/15/libpq-pipeline-mode.html).
final class PostgreSQLConnection {
  let handle: OpaquePointer
  /// The database as error messages name it.
  let place: String
  /// How long the server may be silent while an answer is due.
  var answerLimit: Duration
  /// Warnings of the server since it was last set to nil; see `PostgreSQLWarnings`.
  let warnings: PostgreSQLWarnings

  /// Logs in; the hosts are tried one after the other.
  init(_ configuration: PostgreSQLConfiguration) throws(SQLError) {
    let parameters = try configuration.parameters()
    var names: [UnsafePointer<CChar>?] = parameters.map { UnsafePointer(strdup($0.name)) } + [nil]
    var values: [UnsafePointer<CChar>?] = parameters.map { UnsafePointer(strdup($0.value)) } + [nil]
    defer {
      for pointer in names { free(UnsafeMutablePointer(mutating: pointer)) }
      for case let pointer? in values {
        // The password is among them.
        explicit_bzero(UnsafeMutablePointer(mutating: pointer), strlen(pointer))
        free(UnsafeMutablePointer(mutating: pointer))
      }
    }
    guard let opened = PQconnectdbParams(&names, &values, 0) else {
      throw SQLError(code: .cannotOpen, message: "there is no memory for a database connection")
    }
    guard PQstatus(opened) == CONNECTION_OK, PQsetnonblocking(opened, 1) == 0 else {
      // Before the login nothing of a row can be in the message, and libpq never puts the password there.
      let reason = String(cString: PQerrorMessage(opened)).split(separator: "\n").joined(separator: "; ")
      PQfinish(opened)
      throw SQLError(
        code: .cannotOpen,
        message: "no connection to the database \(configuration.place): \(reason); check that a server that takes "
          + "changes runs there and lets this role in")
    }
    handle = opened
    place = configuration.place
    answerLimit = configuration.limits.answer
    warnings = PostgreSQLWarnings()
    // From here on libpq's own message holds no text of the server, which could repeat values.
    PQsetErrorVerbosity(handle, PQERRORS_SQLSTATE)
    PQsetNoticeReceiver(handle, postgreSQLNoticeReceived, Unmanaged.passUnretained(warnings).toOpaque())
  }

  deinit { PQfinish(handle) }

  /// Set once the connection is of no further use.
  private(set) var isLost = false

  /// The next result, or nil at the end of a statement's results; sends what is unsent and waits as long as allowed:
  /// the limit is for silence, so a large value on a slow line is not cut off. The caller owns the result.
  func nextResult() throws(SQLError) -> OpaquePointer? {
    while PQisBusy(handle) != 0 {
      let unsent = PQflush(handle)
      let deadline = ContinuousClock.now + answerLimit
      guard unsent >= 0, try wait(sending: unsent > 0, until: deadline) else { throw lost() }
      guard PQconsumeInput(handle) != 0 else {
        // What the server said before it closed is still to be read.
        if PQisBusy(handle) == 0 { break }
        throw lost()
      }
    }
    return PQgetResult(handle)
  }

  /// Waits until the socket can be read, or written when `sending`; false when the deadline passed.
  func wait(sending: Bool, until deadline: ContinuousClock.Instant) throws(SQLError) -> Bool {
    while true {
      var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN | (sending ? POLLOUT : 0)), revents: 0)
      guard descriptor.fd >= 0 else { throw lost() }
      let left = max(0, (deadline - ContinuousClock.now).wholeMilliseconds + 1)
      switch poll(&descriptor, 1, Int32(clamping: left)) {
      case 1: return true
      case 0: return false
      default: if errno != EINTR { throw lost() }
      }
    }
  }

  /// Reads what the server said unasked, such as its farewell, without waiting; throws when it has closed the connection.
  ///
  /// Asked before something is sent it makes the difference between "nothing can have happened" and "who knows".
  func checkOpen() throws(SQLError) {
    // Bounded, should a server never stop talking.
    for _ in 0..<16 {
      var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
      guard poll(&descriptor, 1, 0) > 0 else { return }
      guard PQconsumeInput(handle) == 1 else { throw lost() }
      // Makes libpq take apart what it read.
      _ = PQisBusy(handle)
    }
  }

  /// Runs statements that return no rows and take no parameters, each string one transaction unless one is open.
  func execute(_ sql: String) throws(SQLError) {
    guard PQsendQuery(handle, sql) == 1 else { throw lost() }
    var failure: SQLError?
    while let result = try nextResult() {
      defer { PQclear(result) }
      switch PQresultStatus(result) {
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: break
      default:
        guard lt_pq_sqlstate(result) != nil else { throw lost() }
        if failure == nil { failure = SQLError(postgreSQL: result, statement: sql) }
      }
    }
    guard let failure else { return }
    if failure.code == .connectionLost { isLost = true }
    throw failure
  }

  /// Closes the connection for good, and says so: it broke, or the server gives no answer.
  func lost() -> SQLError {
    let ownWords = String(cString: PQerrorMessage(handle)).split(separator: "\n").first.map(String.init)
    let reason =
      if let farewell = warnings.farewell {
        farewell
      } else if PQstatus(handle) == CONNECTION_OK {
        "the server gave no answer within \(answerLimit)"
      } else {
        ownWords ?? "it was closed"
      }
    return lost(because: reason)
  }

  func lost(because reason: String) -> SQLError {
    isLost = true
    // libpq keeps the descriptor until the end of this object; nothing more goes through it.
    shutdown(PQsocket(handle), Int32(SHUT_RDWR))
    return SQLError(code: .connectionLost, message: "the connection to the database \(place) is lost: \(reason)")
  }
}
