import Glibc
import Synchronization

/// Connections that were refused while their peer was still sending.
///
/// Closing a socket with unread bytes sends a reset, and a reset may reach the peer before it has read why it was
/// refused. So a second descriptor keeps the connection half open, and what still comes is read and dropped, until
/// the peer closes or its time is over (as RFC 9112 §9.6 advises). The watchdog does the reading.
final class LingeringSockets: Sendable {
  private struct Socket {
    let descriptor: Int32
    let deadline: Int64
  }

  private let sockets = Mutex<[Socket]>([])

  /// More are closed at once.
  private static let countLimit = 256
  private static let time = Duration.seconds(2)
  /// Read from one socket in one turn, so that none holds up the others.
  private static let bytesPerTurn = 1024 * 1024

  /// Keeps the connection of `descriptor`, which the caller is about to close.
  func keep(_ descriptor: Int32) {
    sockets.withLock { sockets in
      guard sockets.count < Self.countLimit else { return }
      let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
      guard copy >= 0 else { return }
      shutdown(copy, Int32(SHUT_WR))
      sockets.append(Socket(descriptor: copy, deadline: MonotonicClock.deadline(after: Self.time)))
    }
  }

  /// Reads what has come, and closes what is over.
  func readOn(at now: Int64) {
    sockets.withLock { sockets in
      sockets.removeAll { socket in
        let isOver = now >= socket.deadline || Self.isEnded(socket.descriptor)
        if isOver { close(socket.descriptor) }
        return isOver
      }
    }
  }

  /// Closes all.
  func closeAll() {
    sockets.withLock { sockets in
      for socket in sockets { close(socket.descriptor) }
      sockets = []
    }
  }

  private static func isEnded(_ descriptor: Int32) -> Bool {
    withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
      var total = 0
      while total < bytesPerTurn {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
        if count == 0 { return true }
        if count < 0 { return errno != EAGAIN && errno != EINTR }
        total += count
      }
      return false
    }
  }
}
