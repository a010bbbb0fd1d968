// Swift ascribes the names of the socket headers to whichever C module it meets first in a build: Glibc or one of these.
import CCurl
import CMicrohttpd
import Glibc

/// A bound, listening TCP socket.
///
/// The library could bind by itself, but would tell neither which call failed nor why.
struct ListeningSocket: ~Copyable {
  private var descriptor: Int32
  let port: UInt16

  /// Resolves `host` and listens on its first address. `port` 0 lets the kernel choose.
  init(host: String, port: UInt16) throws(HTTPError) {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    let resolved = getaddrinfo(host, String(port), &hints, &found)
    guard resolved == 0, let address = found else {
      throw HTTPError(
        code: .unknownHost,
        message: "\(host) does not resolve (\(String(cString: gai_strerror(resolved)))); check the host to listen on")
    }
    defer { freeaddrinfo(address) }
    let type = address.pointee.ai_socktype | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(address.pointee.ai_family, type, address.pointee.ai_protocol)
    guard descriptor >= 0 else { throw Self.failure("socket", host: host, port: port) }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var bound = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let isListening =
      bind(descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0
      && listen(descriptor, 1_024) == 0
      && withUnsafeMutablePointer(to: &bound) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) == 0 }
      }
    guard isListening else {
      let failure = Self.failure("listening", host: host, port: port)
      close(descriptor)
      throw failure
    }
    self.descriptor = descriptor
    // sin_port and sin6_port lie at the same place.
    self.port = withUnsafePointer(to: &bound) {
      $0.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { UInt16(bigEndian: $0.pointee.sin_port) }
    }
  }

  /// Hands the descriptor to a new owner, who closes it.
  consuming func release() -> Int32 {
    let descriptor = descriptor
    self.descriptor = -1
    return descriptor
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  private static func failure(_ call: String, host: String, port: UInt16) -> HTTPError {
    let code = errno
    return HTTPError(
      code: .cannotListen,
      message: "\(call) on \(host) port \(port): \(String(cString: strerror(code))); choose another port or stop "
        + "what listens there",
      systemError: code)
  }
}
