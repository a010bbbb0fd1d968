import Glibc

/// One TCP socket on the loopback, closed when it is let go of.
final class DoorSocket {
  let descriptor: Int32

  private init(takingOwnershipOf descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// Listens on 127.0.0.1; `port` 0 lets the kernel choose.
  static func listening(port: UInt16) throws(DoorError) -> DoorSocket {
    let socket = try make()
    var yes: Int32 = 1
    // The port comes back after an outage though old connections linger.
    setsockopt(socket.descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard socket.bind(to: INADDR_LOOPBACK, port: port), listen(socket.descriptor, 256) == 0 else {
      throw DoorError("127.0.0.1 port \(port) cannot be listened on: \(lastReason()); choose another port")
    }
    socket.makeNonblocking()
    return socket
  }

  /// Connects to 127.0.0.1 from the loopback address `source` (host order), which the other end sees.
  static func connected(to port: UInt16, from source: UInt32) throws(DoorError) -> DoorSocket {
    let socket = try make()
    var address = Self.address(INADDR_LOOPBACK, port: port)
    let isConnected =
      socket.bind(to: source, port: 0)
      && withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(socket.descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
      }
    guard isConnected else { throw DoorError("the simulator's own server cannot be reached: \(lastReason())") }
    socket.makeNonblocking()
    return socket
  }

  /// The next connection of a listening socket; nil when none waits.
  func accepted() -> DoorSocket? {
    let descriptor = accept(self.descriptor, nil, nil)
    guard descriptor >= 0 else { return nil }
    let socket = DoorSocket(takingOwnershipOf: descriptor)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    socket.makeNonblocking()
    socket.sendAtOnce()
    return socket
  }

  /// The port this end is bound to.
  var port: UInt16 {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    return UInt16(bigEndian: address.sin_port)
  }

  /// What a read brought.
  enum Reading {
    case bytes([UInt8])
    case nothingYet
    /// The other end has finished, or the connection broke.
    case end
  }

  func read(limit: Int) -> Reading {
    var received = 0
    var reason: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      received = recv(descriptor, buffer.baseAddress, limit, 0)
      // Only a failure sets it: at the end it still says what failed before.
      reason = received < 0 ? errno : 0
      count = max(0, received)
    }
    if received > 0 { return .bytes(bytes) }
    return reason == EAGAIN || reason == EINTR ? .nothingYet : .end
  }

  /// How many bytes were taken; nil when the connection broke.
  func write(_ bytes: ArraySlice<UInt8>) -> Int? {
    let count = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    if count >= 0 { return count }
    return errno == EAGAIN || errno == EINTR ? 0 : nil
  }

  /// Tells the other end that nothing more comes.
  func finishWriting() {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  private static func make() throws(DoorError) -> DoorSocket {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw DoorError("the system gives no socket: \(lastReason())") }
    let socket = DoorSocket(takingOwnershipOf: descriptor)
    socket.sendAtOnce()
    return socket
  }

  private func bind(to host: UInt32, port: UInt16) -> Bool {
    var address = Self.address(host, port: port)
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  private func makeNonblocking() {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  private func sendAtOnce() {
    var yes: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func address(_ host: UInt32, port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: host.bigEndian)
    return address
  }

  private static func lastReason() -> String { String(cString: strerror(errno)) }
}

/// Why a door cannot be opened.
package struct DoorError: Error, Sendable, CustomStringConvertible {
  package let message: String
  package var description: String { message }

  init(_ message: String) { self.message = message }
}
