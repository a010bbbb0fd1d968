import CPostgreSQL
import Glibc
import Synchronization
import ThreadKit

/// Hears what other sessions say with NOTIFY, on a connection and a thread of its own, and connects again when it is lost.
///
/// A notification is a hint and not a promise: what is said while there is no connection is not heard. Each `listening`
/// event therefore means "look yourself once".
package final class PostgreSQLListener: Sendable {
  package enum Event: Sendable {
    /// From now on notifications are heard; earlier ones may have been missed.
    case listening
    case notified(channel: String, payload: String)
    /// There is no connection now; the next attempt comes by itself.
    case lost(SQLError)
  }

  /// The wait before the next attempt to connect, doubled from the first to the last.
  package static let firstPause = Duration.milliseconds(100)
  package static let longestPause = Duration.seconds(5)

  private let configuration: PostgreSQLConfiguration
  private let channels: [String]
  private let handle: @Sendable (Event) -> Void
  /// A pair of sockets: the first has a byte when it is time to end.
  private let ending: Int32
  private let end: Int32
  private let worker = Mutex<WorkerThread?>(nil)

  /// Starts at once. `handle` is called on the listener's thread, one event after the other.
  package init(
    _ configuration: PostgreSQLConfiguration, channels: [String], _ handle: @escaping @Sendable (Event) -> Void
  ) {
    precondition(
      channels.allSatisfy { $0.utf8.allSatisfy { (97...122).contains($0) || $0 == UInt8(ascii: "_") } },
      "a channel is named with small letters and underlines")
    self.configuration = configuration
    self.channels = channels
    self.handle = handle
    var pair: [Int32] = [-1, -1]
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    precondition(socketpair(AF_UNIX, type, 0, &pair) == 0, "the machine gives no more descriptors")
    (ending, end) = (pair[0], pair[1])
    let thread = WorkerThread(name: "store listener") { [self] in run() }
    worker.withLock { $0 = thread }
  }

  deinit {
    close(ending)
    close(end)
  }

  /// Ends the thread and waits for it; at most as long as an attempt to connect may take.
  package func stop() {
    _ = write(end, [1], 1)
    worker.withLock { $0 }?.join()
  }

  private func run() {
    var pause = Self.firstPause
    while true {
      do throws(SQLError) {
        let connection = try PostgreSQLConnection(configuration)
        for channel in channels { try connection.execute("LISTEN \"\(channel)\"") }
        pause = Self.firstPause
        handle(.listening)
        try listen(on: connection)
        return
      } catch {
        handle(.lost(error))
      }
      if waitForEnd(pause) { return }
      pause = min(pause * 2, Self.longestPause)
    }
  }

  /// Returns when it is time to end.
  private func listen(on connection: PostgreSQLConnection) throws(SQLError) {
    while true {
      while let notice = PQnotifies(connection.handle) {
        defer { PQfreemem(notice) }
        handle(
          .notified(
            channel: String(cString: notice.pointee.relname), payload: String(cString: notice.pointee.extra)))
      }
      var descriptors = [
        pollfd(fd: PQsocket(connection.handle), events: Int16(POLLIN), revents: 0),
        pollfd(fd: ending, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&descriptors, 2, -1) > 0 else { continue }
      if descriptors[1].revents != 0 { return }
      guard PQconsumeInput(connection.handle) == 1 else { throw connection.lost() }
    }
  }

  private func waitForEnd(_ pause: Duration) -> Bool {
    var descriptor = pollfd(fd: ending, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, Int32(clamping: pause.wholeMilliseconds)) == 1
  }
}
