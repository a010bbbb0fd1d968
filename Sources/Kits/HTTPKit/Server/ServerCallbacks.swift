import CMicrohttpd
import Glibc

// What the library calls. These are functions at file level, so that they belong to no actor: a closure made in an
// isolated context would trap on the library's threads.

/// A connection was accepted, or is about to be closed for good.
func connectionChanged(
  _ context: UnsafeMutableRawPointer?, _ handle: OpaquePointer?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ event: MHD_ConnectionNotificationCode
) {
  guard let handle, let slot else { return }
  let core = serverCore(context)
  switch event {
  case .CONNECTION_NOTIFY_STARTED:
    let connection = ServerConnection(
      handle: handle, headDeadline: MonotonicClock.deadline(after: core.limits.headDeadline))
    core.insert(connection)
    // The library's slot owns this reference until the connection is closed.
    slot.pointee = Unmanaged.passRetained(connection).toOpaque()
  default:
    guard let pointer = slot.pointee else { return }
    slot.pointee = nil
    core.remove(Unmanaged<ServerConnection>.fromOpaque(pointer).takeRetainedValue())
  }
}

/// A request line has arrived; `target` is what stood in it, before the library decodes it in place.
func requestLineReceived(
  _ context: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ handle: OpaquePointer?
) -> UnsafeMutableRawPointer? {
  guard let handle, let connection = serverConnection(handle) else { return nil }
  connection.takeTarget(target, headDeadline: MonotonicClock.deadline(after: serverCore(context).limits.headDeadline))
  return nil
}

/// A request's head, a piece of its body, its end, or its resumption.
func requestAdvanced(
  _ context: UnsafeMutableRawPointer?, _ handle: OpaquePointer?, _ url: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ bytes: UnsafePointer<CChar>?,
  _ count: UnsafeMutablePointer<Int>?, _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let handle, let method, let version, let count, let connection = serverConnection(handle) else { return .NO }
  let piece = UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count.pointee)
  let result = serverCore(context).proceed(
    connection, ConnectionHandle(pointer: handle), method: method, version: version, piece: piece)
  count.pointee = 0  // every byte was taken
  return result
}

/// A request has been answered, or its connection broke.
func requestCompleted(
  _ context: UnsafeMutableRawPointer?, _ handle: OpaquePointer?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
  guard let handle, let connection = serverConnection(handle) else { return }
  let core = serverCore(context)
  // A connection may rest for the idle time and then has the head's time for its next head.
  connection.endRequest(
    nextHeadUntil: MonotonicClock.deadline(after: core.limits.idle + core.limits.headDeadline))
  if connection.isInFlight {
    connection.isInFlight = false
    core.endRequest()
  }
}

/// The core that the callbacks of a daemon were registered with; the server holds it for as long as the daemon runs.
private func serverCore(_ context: UnsafeMutableRawPointer?) -> ServerCore {
  Unmanaged<ServerCore>.fromOpaque(context!).takeUnretainedValue()
}

/// The connection that ``connectionChanged`` left in the library's slot, which owns it.
private func serverConnection(_ handle: OpaquePointer) -> ServerConnection? {
  lt_mhd_socket_context(handle).map { Unmanaged<ServerConnection>.fromOpaque($0).takeUnretainedValue() }
}
