import CMicrohttpd
import Glibc
import Synchronization

/// One connection of a server, from acceptance to close.
final class ServerConnection: @unchecked Sendable {
  // `watch` is shared with the watchdog and locked. Everything else is touched only inside the
  // library's callbacks for this connection, which it makes on one thread, one at a time.

  /// What the connection is doing, which is what its deadline is about.
  enum Phase: Equatable {
    case receivingHead
    case receivingBody
    /// The rest of the body is thrown away, then the refusal is sent.
    case discardingBody(HTTPResponse)
    /// The body goes to a sink.
    case streamingBody
    case handling
    case sending
  }

  let descriptor: Int32
  let remoteAddress: String
  var phase = Phase.receivingHead
  var verification: PeerVerification?
  /// The target of the current request as it was received; the library decodes its own in place.
  var target: [UInt8] = []
  /// Where the target began in the receive buffer; see ``RequestHead``.
  var targetStart: UnsafeRawPointer?
  var request: HTTPRequest?
  var discardedBytes = 0
  /// The sink of a body that is streamed, until it has been told how the body ended.
  var stream: BodyStream?
  /// Whether a request has begun that has not been completed: it is counted as in flight.
  var isInFlight = false
  /// Whether a refusal was the last thing said: the peer may still be sending.
  var isRefused = false

  private struct Watch {
    /// When the watchdog interferes (nanoseconds, monotonic).
    var deadline: Int64
    /// Whether the peer is the one who is waited for.
    var isReceiving: Bool
    /// The request that waits for its handler's answer, if that is what the connection is doing.
    var exchange: HTTPExchange?
    /// Whether bytes had come at the last look that nobody had read.
    var wasBehind = false
  }

  private let watch: Mutex<Watch>

  init(handle: OpaquePointer, headDeadline: Int64) {
    self.descriptor = lt_mhd_descriptor(handle)
    self.remoteAddress = PeerAddress.text { lt_mhd_client_address(handle, $0, $1) != 0 }
    self.watch = Mutex(Watch(deadline: headDeadline, isReceiving: true, exchange: nil))
  }

  var exchange: HTTPExchange? { watch.withLock { $0.exchange } }

  /// Copies the target, and gives the rest of the head its time: the first head
  /// of a connection has what is left since its acceptance.
  func takeTarget(_ target: UnsafePointer<CChar>?, headDeadline: Int64) {
    targetStart = target.map { UnsafeRawPointer($0) }
    self.target.removeAll(keepingCapacity: true)
    if let target { self.target.append(contentsOf: UnsafeRawBufferPointer(start: target, count: strlen(target))) }
    watch.withLock { $0.deadline = min($0.deadline, headDeadline) }
  }

  /// Says what the connection is doing from now on, and until when it may take.
  func enter(_ phase: Phase, until deadline: Int64, exchange: HTTPExchange? = nil) {
    self.phase = phase
    let isReceiving = phase != .handling && phase != .sending
    watch.withLock { $0 = Watch(deadline: deadline, isReceiving: isReceiving, exchange: exchange) }
  }

  /// Called by the watchdog, while the descriptor is known to be open. A handler that is overdue is answered for;
  /// a connection that is overdue is shut down, which its own thread then sees as its end. Where bytes have come that
  /// nobody has read, it is this server that is late and not its peer: the connection is looked at again later, and once
  /// more when they have been read, because the thread that has just read them may not have come to say what they are.
  func interfere(at now: Int64) -> Bool {
    watch.withLock { watch in
      guard watch.deadline <= now else { return false }
      let isBehind = watch.isReceiving && hasUnreadBytes
      if isBehind || watch.wasBehind {
        watch.wasBehind = isBehind
        watch.deadline = now + Self.lateness
        return false
      }
      watch.deadline = .max
      if let exchange = watch.exchange {
        exchange.refuse(.replyOverdue)
      } else {
        shutdown(descriptor, Int32(SHUT_RDWR))
      }
      return true
    }
  }

  /// How long a server that is behind has to read what has come, before it is looked at again (nanoseconds).
  private static let lateness: Int64 = 1_000_000_000

  private var hasUnreadBytes: Bool {
    var count: Int32 = 0
    return ioctl(descriptor, UInt(FIONREAD), &count) == 0 && count > 0
  }

  /// Makes the connection ready for its next request.
  func endRequest(nextHeadUntil deadline: Int64) {
    exchange?.finish()
    request = nil
    stream.take()?.sink.abandon()
    targetStart = nil
    discardedBytes = 0
    enter(.receivingHead, until: deadline)
  }
}
