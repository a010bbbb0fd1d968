import Glibc

/// One connection of the vendor's client to a server on this machine: as many bytes as it is given, and what comes back.
final class VXPConnection {
  private let descriptor: Int32
  private var received: [UInt8] = []
  private var place = 0

  /// Nil when nobody listens. `patience`: how long one read may take; the vendor's client would wait for ever.
  init?(port: UInt16, patience: Duration) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    setPatience(patience)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: INADDR_LOOPBACK.bigEndian)
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    // The deinit closes it: every stored property has its value by now.
    guard isConnected else { return nil }
  }

  deinit { close(descriptor) }

  func setPatience(_ patience: Duration) {
    let milliseconds = patience.components.seconds * 1_000 + patience.components.attoseconds / 1_000_000_000_000_000
    var time = timeval(tv_sec: Int(milliseconds / 1_000), tv_usec: Int(milliseconds % 1_000) * 1_000)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  /// False when the connection broke.
  func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// The next bytes up to and with `end`; nil when the connection ended or nothing came in time.
  func read(until end: [UInt8]) -> [UInt8]? {
    while true {
      if let range = received[place...].firstRange(of: end) {
        defer { place = range.upperBound }
        return Array(received[place..<range.upperBound])
      }
      guard fill() else { return nil }
    }
  }

  /// Exactly so many bytes.
  func read(_ count: Int) -> [UInt8]? {
    while received.count - place < count { guard fill() else { return nil } }
    defer { place += count }
    return Array(received[place..<place + count])
  }

  func readToEnd() -> [UInt8] {
    while fill() {}
    defer { place = received.count }
    return Array(received[place...])
  }

  private func fill() -> Bool {
    let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
      count = max(0, recv(descriptor, buffer.baseAddress, 65_536, 0))
    }
    received += bytes
    return !bytes.isEmpty
  }
}
