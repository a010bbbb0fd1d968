import HTTPKit
import Synchronization

/// Gathers a document that is larger than what the server keeps of a body by itself, as long as it comes fast enough, and
/// then has it handled like any other.
final class VXPLargeBody: HTTPBodySink {
  private let head: HTTPRequest
  private let handle: @Sendable (HTTPRequest, HTTPReply) -> Void
  private let bytes: Mutex<[UInt8]>

  /// `length`: what is announced, which is not trusted with memory.
  init(of head: HTTPRequest, length: Int, handle: @escaping @Sendable (HTTPRequest, HTTPReply) -> Void) {
    self.head = head
    self.handle = handle
    var start: [UInt8] = []
    start.reserveCapacity(min(length, 1 << 20))
    bytes = Mutex(start)
  }

  func receive(_ piece: UnsafeRawBufferPointer) -> HTTPResponse? {
    // Bound to bytes, it is appended as one block; it is lent for this call.
    let piece = UnsafeRawBufferPointer(piece).assumingMemoryBound(to: UInt8.self)
    bytes.withLock { $0.append(contentsOf: piece) }
    return nil
  }

  func finish(_ reply: HTTPReply) {
    var request = head
    request.body = bytes.withLock { bytes in
      defer { bytes = [] }
      return bytes
    }
    handle(request, reply)
  }

  func abandon() { bytes.withLock { $0 = [] } }
}
