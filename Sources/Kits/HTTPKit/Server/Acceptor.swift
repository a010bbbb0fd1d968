import CMicrohttpd
import Glibc
import ThreadKit

/// The thread that accepts a server's connections and hands each to the thread that is to serve it.
///
/// Above the limit of connections it accepts none until one closes: peers wait in the kernel's queue. One above its
/// address's limit is closed at once.
final class Acceptor: Sendable {
  private let descriptor: Int32
  private let shares: ConnectionShares
  private let worker: WorkerThread

  /// What the kernel refuses for want of descriptors or memory is asked for again after this time.
  private static let pause = Duration.milliseconds(100)

  /// Takes ownership of a listening socket; nil, and the socket closed, when the system gives no thread. `serve` gets
  /// each connection with the thread that is to serve it, and owns it from then on.
  init?(
    listening socket: consuming ListeningSocket, shares: ConnectionShares,
    serve: @escaping @Sendable (_ connection: lt_accepted, _ thread: Int) -> Void
  ) {
    let descriptor = socket.release()
    let worker = WorkerThread.ifGiven(name: "http-acceptor") {
      while shares.waitForRoom() {
        var connection = lt_accept(descriptor)
        guard connection.descriptor >= 0 else {
          if errno != EINTR, errno != ECONNABORTED { shares.pause(Self.pause) }
          continue
        }
        let address = PeerAddress.text { lt_accepted_address(&connection, $0, $1) != 0 }
        if let thread = shares.take(connection.descriptor, from: address) {
          serve(connection, thread)
        } else {
          close(connection.descriptor)
        }
      }
    }
    guard let worker else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    self.shares = shares
    self.worker = worker
  }

  /// Accepts no more, and stops listening: peers that try are refused.
  func stop() {
    shares.close()
    // Wakes the thread out of `accept`; closed only when it is gone, since the number may be given anew.
    shutdown(descriptor, Int32(SHUT_RDWR))
    worker.join()
    close(descriptor)
  }
}
