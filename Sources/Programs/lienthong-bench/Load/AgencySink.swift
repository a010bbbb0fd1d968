import Glibc
import Synchronization
import ThreadKit

/// An agency that takes everything at once, and counts.
///
/// Like the generator it does as little as it can besides, because it shares the machine with what it measures: one thread,
/// sockets and poll, requests read to their length, one answer written for each on connections that stay open.
final class AgencySink: Sendable {
  private let count = Atomic<Int>(0)
  private let kept = Mutex<[UInt8]?>(nil)
  /// What is in the message of which a copy is kept.
  private let mark: [UInt8]
  private let listener: Int32
  /// Closed by `stop`, which its thread sees at the other end.
  private let bell: (ring: Int32, heard: Int32)
  private let worker = Mutex<WorkerThread?>(nil)
  let port: Int

  private static let answer: [UInt8] = {
    let body = "<MResult><Status>200</Status><Message>OK</Message></MResult>"
    return Array(
      """
      HTTP/1.1 200 OK\r
      Content-Type: application/xml\r
      Content-Length: \(body.utf8.count)\r
      \r
      \(body)
      """.utf8)
  }()

  /// Listens on a free port of loopback.
  ///
  /// - Parameter mark: the first message with this in it is kept.
  init(keeping mark: String = "-" + String(repeating: "0", count: MessageTemplate.digits) + "<") throws {
    self.mark = Array(mark.utf8)
    port = try FreePort.find()
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    var ends: (Int32, Int32) = (0, 0)
    let opened = withUnsafeMutablePointer(to: &ends) { pointer in
      pointer.withMemoryRebound(to: Int32.self, capacity: 2) { pipe($0) }
    }
    bell = (ends.1, ends.0)
    guard opened == 0, FreePort.bind(listener, to: port), listen(listener, 1_024) == 0 else {
      throw BenchError("no port of 127.0.0.1 can be had")
    }
    let thread = WorkerThread(name: "agency") { [self] in run() }
    worker.withLock { $0 = thread }
  }

  /// The message that was to be kept; nil until it came.
  var sample: [UInt8]? { kept.withLock { $0 } }

  var received: Int { count.load(ordering: .relaxed) }

  /// Closes all connections and waits for its thread.
  func stop() {
    close(bell.ring)
    worker.withLock { $0 }?.join()
    close(bell.heard)
    close(listener)
  }

  private func run() {
    var polled = [bell.heard, listener].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    // Of each connection what has come of a request that is not whole yet.
    var begun = [[UInt8]](repeating: [], count: polled.count)
    var buffer = [UInt8](repeating: 0, count: 262_144)
    while true {
      guard poll(&polled, nfds_t(polled.count), -1) > 0 else { continue }
      if polled[0].revents != 0 { break }
      for index in polled.indices.dropFirst(2).reversed() where polled[index].revents != 0 {
        if !serve(polled[index].fd, &begun[index], &buffer) {
          close(polled[index].fd)
          polled.remove(at: index)
          begun.remove(at: index)
        }
      }
      guard polled[1].revents != 0 else { continue }
      while case let descriptor = accept(listener, nil, nil), descriptor >= 0 {
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        polled.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        begun.append([])
      }
    }
    for connection in polled.dropFirst(2) { close(connection.fd) }
  }

  /// Takes what has come and answers each request that is whole; false when the other side has closed, or says something
  /// that is no request with a length.
  private func serve(_ descriptor: Int32, _ begun: inout [UInt8], _ buffer: inout [UInt8]) -> Bool {
    let size = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    guard size > 0 else { return size < 0 && (errno == EAGAIN || errno == EINTR) }
    guard begun.isEmpty else {
      begun += buffer[..<size]
      return begun.withUnsafeBytes { answerAll(in: $0, on: descriptor) }.map { begun.removeFirst($0) } != nil
    }
    guard
      let taken = buffer.withUnsafeBytes({
        answerAll(in: UnsafeRawBufferPointer(rebasing: $0[..<size]), on: descriptor)
      })
    else { return false }
    begun += buffer[taken..<size]
    return true
  }

  /// How many bytes the whole requests take that are there; nil when one of them cannot be read or answered.
  private func answerAll(in bytes: UnsafeRawBufferPointer, on descriptor: Int32) -> Int? {
    var taken = 0
    while let head = HTTPMessageHead(in: UnsafeRawBufferPointer(rebasing: bytes[taken...])) {
      guard let length = head.contentLength else { return nil }
      let end = taken + head.byteCount + length
      guard end <= bytes.count else { break }
      note(UnsafeRawBufferPointer(rebasing: bytes[(taken + head.byteCount)..<end]))
      // The other side waits for it, so there is room for it.
      guard send(descriptor, Self.answer, Self.answer.count, Int32(MSG_NOSIGNAL)) == Self.answer.count else {
        return nil
      }
      taken = end
    }
    return taken
  }

  /// Only the first messages are looked into.
  private func note(_ body: UnsafeRawBufferPointer) {
    guard count.add(1, ordering: .relaxed).newValue <= LineLoad.warmUp else { return }
    let message = [UInt8](body)
    if message.firstRange(of: mark) != nil { kept.withLock { $0 = message } }
  }
}
