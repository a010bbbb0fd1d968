/// An answer, given by a handler of ours or received from a partner.
package struct HTTPResponse: Sendable, Equatable {
  /// 200…599 (and nothing else when we send it).
  package var status: Int
  package var headers: HTTPHeaders
  package var body: [UInt8]
  /// The body of a large answer of ours, sent while it is read, in place of `body`. Never set on an answer received.
  package var stream: HTTPBodySource?

  package init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
    stream = nil
  }

  /// An answer whose body is read while it is sent.
  package init(status: Int, headers: HTTPHeaders = [:], stream: HTTPBodySource) {
    self.status = status
    self.headers = headers
    body = []
    self.stream = stream
  }
}

extension HTTPResponse {
  /// Whether the status is 2xx.
  package var isSuccess: Bool { (200...299).contains(status) }
}
