import Glibc

struct SocketFailure: Error, CustomStringConvertible {
  let call: String
  let code: Int32
  var description: String { "\(call): \(String(cString: strerror(code)))" }
}

/// A TCP connection spoken by hand: what no well-behaved client would send, byte by byte.
final class TestSocket: @unchecked Sendable {
  // Each test uses a socket from one thread at a time; the descriptor is closed once, here.
  let descriptor: Int32

  /// Connects to a port of this machine. Nothing blocks longer than `timeout` seconds.
  init(port: UInt16, timeout: Int = 20) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    setTimeouts(timeout)
    var address = loopbackAddress(port: port)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw SocketFailure(call: "connect", code: errno) }
  }

  init(accepted descriptor: Int32, timeout: Int = 20) {
    self.descriptor = descriptor
    setTimeouts(timeout)
  }

  deinit {
    close(descriptor)
  }

  private func setTimeouts(_ seconds: Int) {
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  /// Sends all of `text`; false when the other end has closed.
  @discardableResult
  func send(_ text: String) -> Bool {
    send(Array(text.utf8))
  }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      sent += count
    }
    return true
  }

  /// Reads once: empty at the end of the stream, nil on a timeout or a reset.
  func receive(_ limit: Int = 65_536) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: limit)
    let count = recv(descriptor, &buffer, limit, 0)
    return count < 0 ? nil : Array(buffer.prefix(count))
  }

  /// Reads until the other end closes; nil when it does not within the timeout.
  func receiveAll() -> String? {
    var all: [UInt8] = []
    while true {
      guard let piece = receive() else {
        return errno == ECONNRESET && !all.isEmpty ? String(decoding: all, as: UTF8.self) : nil
      }
      if piece.isEmpty { return String(decoding: all, as: UTF8.self) }
      all += piece
    }
  }

  /// Reads until what has come contains `end`; nil when the stream ends or times out before.
  func receive(until end: String) -> String? {
    var all: [UInt8] = []
    while true {
      let text = String(decoding: all, as: UTF8.self)
      if text.contains(end) { return text }
      guard let piece = receive(), !piece.isEmpty else { return nil }
      all += piece
    }
  }

  /// Ends the connection with RST instead of FIN.
  func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
  }

  func finishSending() {
    shutdown(descriptor, Int32(SHUT_WR))
  }
}

func loopbackAddress(port: UInt16) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  return address
}
