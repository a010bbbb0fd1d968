import CMicrohttpd

/// An answer in the library's form. The library counts its references; this one is given back at the end.
struct PreparedResponse: ~Copyable {
  let pointer: OpaquePointer
  let status: Int

  /// Fields that the library writes itself, from the body it is given.
  private static let framingNames = ["Content-Length", "Transfer-Encoding"]

  private init(owning pointer: OpaquePointer, status: Int) {
    self.pointer = pointer
    self.status = status
  }

  /// Nil when a field cannot be sent as it stands, or memory is short.
  static func make(
    _ response: HTTPResponse, closing: Bool, on connection: ServerConnection, limits: HTTPServerLimits
  ) -> PreparedResponse? {
    guard response.headers.firstUnsendableName == nil else { return nil }
    let made: OpaquePointer?
    if let stream = response.stream {
      made = StreamedResponse.make(stream, on: connection, limits: limits)
    } else {
      made = response.body.withUnsafeBytes {
        // The library copies the bytes, and only reads them.
        MHD_create_response_from_buffer(
          $0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), .RESPMEM_MUST_COPY)
      }
    }
    guard let made else { return nil }
    let prepared = PreparedResponse(owning: made, status: response.status)
    for (name, value) in response.headers.all
    where !framingNames.contains(where: { HTTPToken.equalIgnoringCase($0.utf8, name.utf8) }) {
      // An empty value is the one sendable thing the library refuses.
      if !value.isEmpty, MHD_add_response_header(made, name, value) == .NO { return nil }
    }
    if closing, MHD_add_response_header(made, "Connection", "close") == .NO { return nil }
    return prepared
  }

  deinit {
    MHD_destroy_response(pointer)
  }
}
