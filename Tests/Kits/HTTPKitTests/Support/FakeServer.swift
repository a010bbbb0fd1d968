import Glibc
import Synchronization

/// A server spoken by hand, for partners that misbehave: each connection is given to `script` on a thread of its own.
final class FakeServer: Sendable {
  let port: UInt16
  private let descriptor: Int32
  private let accepted = Mutex(0)
  private let isClosed = Atomic<Bool>(false)

  /// Connections so far.
  var connectionCount: Int { accepted.withLock { $0 } }

  /// Listens; `backlog` and `accepts` false make a server that lets nobody in.
  init(backlog: Int32 = 64, accepts: Bool = true, script: @escaping @Sendable (TestSocket, Int) -> Void = { _, _ in })
    throws
  {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = loopbackAddress(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, backlog) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isListening else { throw SocketFailure(call: "listen", code: errno) }
    self.descriptor = descriptor
    port = UInt16(bigEndian: address.sin_port)
    if accepts { startThread { self.accept(script) } }
  }

  /// Stops listening. Connections are closed by their scripts.
  func close() {
    if !isClosed.exchange(true, ordering: .acquiringAndReleasing) { shutdown(descriptor, Int32(SHUT_RDWR)) }
  }

  deinit {
    Glibc.close(descriptor)
  }

  private func accept(_ script: @escaping @Sendable (TestSocket, Int) -> Void) {
    while case let connection = Glibc.accept(descriptor, nil, nil), connection >= 0 {
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      let index = accepted.withLock { count in
        count += 1
        return count - 1
      }
      let socket = TestSocket(accepted: connection)
      startThread { script(socket, index) }
    }
  }
}

/// Runs `body` on a detached thread.
func startThread(_ body: @escaping @Sendable () -> Void) {
  var thread = pthread_t()
  let box = Unmanaged.passRetained(ThreadBody(body))
  pthread_create(&thread, nil, runThread, box.toOpaque())
  pthread_detach(thread)
}

private final class ThreadBody {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  Unmanaged<ThreadBody>.fromOpaque(context!).takeRetainedValue().run()
  return nil
}
