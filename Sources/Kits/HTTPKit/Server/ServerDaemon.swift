import CMicrohttpd
import Glibc

/// One of a server's threads: a daemon of the library that serves the connections it is given, from its start to its stop.
struct ServerDaemon: @unchecked Sendable {
  // The library lets any thread give a daemon connections and stop it; its owner stops it once, when it gives no more.
  private let pointer: OpaquePointer

  /// Starts the thread. `core` must live until ``stop()``.
  init(configuration: HTTPServerConfiguration, core: ServerCore) throws(HTTPError) {
    let context = Unmanaged.passUnretained(core).toOpaque()
    var flags =
      MHD_USE_POLL.rawValue | MHD_USE_INTERNAL_POLLING_THREAD.rawValue | MHD_ALLOW_SUSPEND_RESUME.rawValue
      | MHD_USE_NO_LISTEN_SOCKET.rawValue
    if configuration.tls != nil { flags |= MHD_USE_TLS.rawValue }
    let texts = TerminatedTexts()
    var options = Self.options(configuration, core: context, texts: texts)
    // The library copies what it keeps of the options before this returns.
    guard let pointer = lt_mhd_start(flags, requestAdvanced, context, &options) else {
      throw HTTPError(
        code: .cannotStart,
        message: "the server's threads cannot be started; look at the limits of threads, memory "
          + "and descriptors", systemError: errno)
    }
    withExtendedLifetime(texts) {}
    self.pointer = pointer
  }

  /// Gives it a connection to serve and to close; false where the library cannot, and has closed it.
  func serve(_ connection: lt_accepted) -> Bool {
    withUnsafePointer(to: connection) { lt_mhd_serve(pointer, $0) } == .YES
  }

  /// Closes every connection, joins the thread and frees the daemon. No connection may be suspended.
  func stop() { MHD_stop_daemon(pointer) }

  private static func options(
    _ configuration: HTTPServerConfiguration, core: UnsafeMutableRawPointer, texts: TerminatedTexts
  ) -> [MHD_OptionItem] {
    let limits = configuration.limits
    // Room for the head, for the library's record of each field, and for the answer's head or a piece of a body. The
    // library clears all of it after each request, so it is no larger than it must be.
    let memory = limits.headBytes + limits.headBytes / 2 + 96 * limits.headFields + 8 * 1024
    var items = [
      item(.STRICT_FOR_CLIENT, 1),
      item(.CONNECTION_MEMORY_LIMIT, memory),
      // Both limits are kept before a thread is given a connection; see ``ConnectionShares``.
      item(.CONNECTION_LIMIT, limits.connections),
      item(.CONNECTION_TIMEOUT, Int(limits.idle.components.seconds)),
      item(.NOTIFY_CONNECTION, address(of: connectionChanged as MHD_NotifyConnectionCallback), core),
      item(.NOTIFY_COMPLETED, address(of: requestCompleted as MHD_RequestCompletedCallback), core),
      item(.URI_LOG_CALLBACK, address(of: requestLineReceived as RequestLineCallback), core),
    ]
    if let tls = configuration.tls {
      items.append(item(.HTTPS_MEM_CERT, 0, texts.keep(tls.certificatePEM)))
      items.append(item(.HTTPS_MEM_KEY, 0, texts.keep(tls.keyPEM)))
      items.append(item(.HTTPS_PRIORITIES, 0, texts.keep(Array(tls.priorities.utf8))))
      if let authorities = tls.clientAuthoritiesPEM {
        items.append(item(.HTTPS_MEM_TRUST, 0, texts.keep(authorities)))
      }
    }
    items.append(item(.END, 0))
    return items
  }

  private static func item(
    _ option: MHD_OPTION, _ value: Int, _ pointer: UnsafeMutableRawPointer? = nil
  ) -> MHD_OptionItem {
    MHD_OptionItem(option: option, value: value, ptr_value: pointer)
  }

  /// A C function pointer as the integer that option arrays carry it in.
  private static func address<Function>(of function: Function) -> Int {
    unsafeBitCast(function, to: Int.self)
  }
}

private typealias RequestLineCallback =
  @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> UnsafeMutableRawPointer?

/// C strings that live as long as this does; wiped at the end, since keys are among them.
private final class TerminatedTexts {
  private var buffers: [UnsafeMutableRawBufferPointer] = []

  func keep(_ bytes: [UInt8]) -> UnsafeMutableRawPointer {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count + 1, alignment: 1)
    buffer.copyBytes(from: bytes)
    buffer[bytes.count] = 0
    buffers.append(buffer)
    return buffer.baseAddress!
  }

  deinit {
    for buffer in buffers {
      explicit_bzero(buffer.baseAddress!, buffer.count)
      buffer.deallocate()
    }
  }
}
