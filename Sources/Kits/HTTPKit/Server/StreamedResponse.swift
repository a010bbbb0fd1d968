import CMicrohttpd

/// A body on its way out of a source; the library's response owns it.
///
/// Belongs to the connection's thread. Every so many bytes that the library takes give the connection new time: a receiver
/// may be slow, but not slower than `HTTPServerLimits.streamPeriodBytes` in each period.
final class StreamedResponse {
  private let source: HTTPBodySource
  private let connection: ServerConnection
  private let limits: HTTPServerLimits
  private var taken = 0

  /// Bytes that the library asks for at a time.
  static let blockBytes = 64 * 1024

  private init(_ source: HTTPBodySource, _ connection: ServerConnection, _ limits: HTTPServerLimits) {
    self.source = source
    self.connection = connection
    self.limits = limits
  }

  /// The library's response for the source, owned by the caller; nil when memory is short.
  static func make(
    _ source: HTTPBodySource, on connection: ServerConnection, limits: HTTPServerLimits
  ) -> OpaquePointer? {
    let context = Unmanaged.passRetained(StreamedResponse(source, connection, limits)).toOpaque()
    guard
      let made = MHD_create_response_from_callback(
        UInt64(source.count), blockBytes, readStream, context, releaseStream)
    else {
      releaseStream(context)
      return nil
    }
    return made
  }

  fileprivate func read(at position: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    // -1 is the end, -2 an error; the library's names for them are casts, which Swift does not import.
    guard let count = source.read(at: position, into: buffer) else { return -2 }
    guard count > 0 else { return -1 }
    taken += count
    if taken >= limits.streamPeriodBytes || position + count == source.count {
      taken = 0
      connection.enter(.sending, until: MonotonicClock.deadline(after: limits.streamPeriod))
    }
    return count
  }
}

// What the library calls: functions at file level, so that they belong to no actor.

private func readStream(
  _ context: UnsafeMutableRawPointer?, _ position: UInt64, _ buffer: UnsafeMutablePointer<CChar>?, _ count: Int
) -> Int {
  // The response holds the object until `releaseStream`.
  let stream = Unmanaged<StreamedResponse>.fromOpaque(context!).takeUnretainedValue()
  return stream.read(at: Int(position), into: UnsafeMutableRawBufferPointer(start: buffer, count: count))
}

private func releaseStream(_ context: UnsafeMutableRawPointer?) {
  Unmanaged<StreamedResponse>.fromOpaque(context!).release()
}
