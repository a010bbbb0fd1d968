import CMicrohttpd
import Glibc

/// The library's daemon, from its start to its stop.
struct ServerDaemon: @unchecked Sendable {
  // The library lets any thread quiesce and stop a daemon; its owner does each once, under a lock.
  private let pointer: OpaquePointer
  private let listeningDescriptor: Int32
  private let core: ServerCore

  /// Starts the threads. Takes ownership of `listeningDescriptor`; `core` is held until ``stop()``.
  init(configuration: HTTPServerConfiguration, core: ServerCore, takingOwnershipOf listeningDescriptor: Int32)
    throws(HTTPError)
  {
    if let tls = configuration.tls { try ServerCredentials.check(tls) }
    let context = Unmanaged.passUnretained(core).toOpaque()
    var flags =
      MHD_USE_POLL.rawValue | MHD_USE_INTERNAL_POLLING_THREAD.rawValue | MHD_ALLOW_SUSPEND_RESUME.rawValue
    if configuration.tls != nil { flags |= MHD_USE_TLS.rawValue }
    let texts = TerminatedTexts()
    var options = Self.options(configuration, core: context, listening: listeningDescriptor, texts: texts)
    // The library copies what it keeps of the options before this returns.
    guard let pointer = lt_mhd_start(flags, requestAdvanced, context, &options) else {
      // Whether the library closed the descriptor on its way out depends on how far it came: it is not touched again.
      throw HTTPError(
        code: .cannotStart,
        message: "the server's threads cannot be started; look at the limits of threads, memory "
          + "and descriptors", systemError: errno)
    }
    withExtendedLifetime(texts) {}
    self.pointer = pointer
    self.listeningDescriptor = listeningDescriptor
    self.core = core
  }

  /// Stops accepting connections; peers that try are refused.
  func quiesce() {
    MHD_quiesce_daemon(pointer)
    // Not closed before the threads are gone: one may be about to accept, and the number may be given anew.
    shutdown(listeningDescriptor, Int32(SHUT_RDWR))
  }

  /// Closes every connection, joins the threads and frees the daemon. No connection may be suspended.
  func stop() {
    MHD_stop_daemon(pointer)
    close(listeningDescriptor)
  }

  private static func options(
    _ configuration: HTTPServerConfiguration, core: UnsafeMutableRawPointer, listening: Int32, texts: TerminatedTexts
  ) -> [MHD_OptionItem] {
    let limits = configuration.limits
    // Room for the head, for the library's record of each field, and for the answer's head or a piece of a body. The
    // library clears all of it after each request, so it is no larger than it must be.
    let memory = limits.headBytes + limits.headBytes / 2 + 96 * limits.headFields + 8 * 1024
    var items = [
      item(.LISTEN_SOCKET, Int(listening)),
      item(.STRICT_FOR_CLIENT, 1),
      item(.CONNECTION_MEMORY_LIMIT, memory),
      item(.CONNECTION_LIMIT, limits.connections),
      item(.PER_IP_CONNECTION_LIMIT, limits.connectionsPerAddress),
      item(.CONNECTION_TIMEOUT, Int(limits.idle.components.seconds)),
      item(.NOTIFY_CONNECTION, address(of: connectionChanged as MHD_NotifyConnectionCallback), core),
      item(.NOTIFY_COMPLETED, address(of: requestCompleted as MHD_RequestCompletedCallback), core),
      item(.URI_LOG_CALLBACK, address(of: requestLineReceived as RequestLineCallback), core),
    ]
    if configuration.threads > 1 { items.append(item(.THREAD_POOL_SIZE, configuration.threads)) }
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
