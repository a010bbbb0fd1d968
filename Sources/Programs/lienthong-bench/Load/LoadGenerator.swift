import Glibc

/// Sends requests over keep-alive connections from one thread, one at a time on each, and times each answer.
///
/// It does as little as it can besides: sockets and poll, a request written whole, an answer read to its length, because
/// it shares the machine with what it measures.
final class LoadGenerator {
  struct Result {
    var accepted = 0
    var refused = 0
    /// Seconds from the first byte sent to the last byte read, sorted.
    var latencies: [Double] = []
    var seconds = 0.0
    /// When the first message was due.
    var startedAt = 0.0
    var firstRefusal: String?
  }

  private struct Connection {
    var descriptor: Int32
    var request: [UInt8] = []
    var sent = 0
    var answer: [UInt8] = []
    var startedAt = 0.0
    var isBusy = false
  }

  private let port: Int
  private let head: (Int) -> [UInt8]
  private let template: MessageTemplate

  /// `head`: the request's head for a body of that many bytes.
  init(port: Int, template: MessageTemplate, head: @escaping (Int) -> [UInt8]) {
    self.port = port
    self.template = template
    self.head = head
  }

  /// - Parameter rate: messages a second, however long the answers take: each is due at its moment and timed from it. Nil
  ///   sends as many as the connections take.
  func run(numbers: Range<Int>, connections count: Int, rate: Double? = nil) throws -> Result {
    var connections = try (0..<count).map { _ in Connection(descriptor: try Self.connect(to: port)) }
    defer { for connection in connections { close(connection.descriptor) } }
    let head = head(template.byteCount)
    var polled = connections.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    var result = Result()
    result.latencies.reserveCapacity(numbers.count)
    var next = numbers.lowerBound
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let start = Clock.seconds
    result.startedAt = start
    func due(_ number: Int) -> Double? { rate.map { start + Double(number - numbers.lowerBound) / $0 } }
    while result.accepted + result.refused < numbers.count {
      for index in connections.indices where !connections[index].isBusy && next < numbers.upperBound {
        let now = Clock.seconds
        let moment = due(next) ?? now
        guard moment <= now else { break }
        connections[index].request.removeAll(keepingCapacity: true)
        connections[index].request += head
        template.append(next, to: &connections[index].request)
        connections[index].sent = 0
        connections[index].answer.removeAll(keepingCapacity: true)
        connections[index].isBusy = true
        connections[index].startedAt = moment
        next += 1
        try Self.write(&connections[index])
        polled[index].events =
          connections[index].sent < connections[index].request.count ? Int16(POLLOUT) : Int16(POLLIN)
      }
      let pause = next < numbers.upperBound ? due(next).map { max(0, $0 - Clock.seconds) } : nil
      let ready = poll(&polled, nfds_t(polled.count), pause.map { Int32(($0 * 1e3).rounded(.up)) } ?? 10_000)
      guard ready > 0 || pause != nil else { throw BenchError("no answer for 10 s") }
      for index in polled.indices where polled[index].revents != 0 {
        if polled[index].events == Int16(POLLOUT) {
          try Self.write(&connections[index])
          if connections[index].sent == connections[index].request.count { polled[index].events = Int16(POLLIN) }
          continue
        }
        let count = recv(connections[index].descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { throw BenchError("the gateway closed a connection") }
        connections[index].answer += buffer[..<count]
        guard let status = Self.completeStatus(connections[index].answer) else { continue }
        connections[index].isBusy = false
        if status == 202 {
          result.accepted += 1
        } else {
          result.refused += 1
          if result.firstRefusal == nil {
            result.firstRefusal = String(decoding: connections[index].answer.prefix(2_000), as: UTF8.self)
          }
        }
        result.latencies.append(Clock.seconds - connections[index].startedAt)
      }
    }
    result.seconds = Clock.seconds - start
    result.latencies.sort()
    return result
  }

  private static func write(_ connection: inout Connection) throws {
    while connection.sent < connection.request.count {
      let count = connection.request.withUnsafeBytes {
        send(connection.descriptor, $0.baseAddress! + connection.sent, $0.count - connection.sent, Int32(MSG_NOSIGNAL))
      }
      if count < 0 {
        if errno == EAGAIN || errno == EWOULDBLOCK { return }
        throw BenchError("cannot send: \(String(cString: strerror(errno)))")
      }
      connection.sent += count
    }
  }

  /// The status of a whole answer; nil while more has to come.
  private static func completeStatus(_ answer: [UInt8]) -> Int? {
    answer.withUnsafeBytes { bytes in
      guard let head = HTTPMessageHead(in: bytes), let length = head.contentLength,
        bytes.count >= head.byteCount + length
      else { return nil }
      // HTTP/1.1 202 …
      return bytes[9..<12].reduce(0) { $0 * 10 + Int($1 &- 0x30) }
    }
  }

  private static func connect(to port: Int) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw BenchError("cannot connect: \(String(cString: strerror(errno)))") }
    var one: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    return descriptor
  }
}
