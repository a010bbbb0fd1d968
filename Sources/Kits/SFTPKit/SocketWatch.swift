import Glibc
import Synchronization
import ThreadKit

/// Ends connections that libcurl would wait for without end.
///
/// libcurl 7.88 takes an SSH connection down without any deadline: a server that keeps the connection and closes its channel
/// holds the calling thread for ever, whatever the transfer's own timeouts say. Once a use is so late the socket is shut
/// down under it, which every wait ends on.
final class SocketWatch: Sendable {
  private struct State {
    var sockets: Set<Int32> = []
    var deadline: ContinuousClock.Instant?
    var isOver = false
    /// Of what is to be looked at anew.
    var changes = 0
  }

  private let state = Monitor(State())
  private let thread = Mutex<WorkerThread?>(nil)

  /// Starts the thread, if the machine gives one.
  func start() {
    let started = WorkerThread.ifGiven(name: "sftp-watch") { [state] in Self.run(state) }
    thread.withLock { $0 = started }
  }

  func opened(_ socket: Int32) { state.withLock { _ = $0.sockets.insert(socket) } }

  /// Called before libcurl closes it, so that no other file of this number is ever shut down.
  func closes(_ socket: Int32) { state.withLock { _ = $0.sockets.remove(socket) } }

  /// A use begins that has to be over by then; nil ends it.
  func expect(within duration: Duration?) {
    state.withLock { state in
      state.deadline = duration.map { ContinuousClock.now + $0 }
      state.changes += 1
    }
    state.wakeAll()
  }

  func stop() {
    state.withLock { state in
      state.isOver = true
      state.changes += 1
    }
    state.wakeAll()
    thread.withLock { $0 }?.join()
  }

  private static func run(_ state: Monitor<State>) {
    while true {
      let (seen, pause) = state.withLock { state -> (Int, Duration?) in
        guard !state.isOver else { return (state.changes, nil) }
        guard let deadline = state.deadline else { return (state.changes, .seconds(3_600)) }
        let left = deadline - ContinuousClock.now
        guard left <= .zero else { return (state.changes, left) }
        // Under the lock none of them is closed and its number given to somebody else.
        for socket in state.sockets { shutdown(socket, Int32(SHUT_RDWR)) }
        return (state.changes, .milliseconds(100))
      }
      guard let pause else { return }
      _ = state.wait(deadline: pause) { $0.changes == seen ? nil : true }
    }
  }
}
