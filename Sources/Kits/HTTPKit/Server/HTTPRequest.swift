/// A request whose head has been checked and whose body is complete.
package struct HTTPRequest: Sendable {
  package var method: HTTPMethod
  /// The target as it stood in the request line.
  package var target: String
  /// The segments of the path, percent-decoded: `/a/b%2Fc` is `["a", "b/c"]`, `/` is empty, `/a/` ends in `""`.
  package var path: [String]
  package var query: HTTPQuery
  package var headers: HTTPHeaders
  package var body: [UInt8]
  /// The address at the other end of the connection, such as `192.0.2.7` or `2001:db8::1`, without the port.
  package var remoteAddress: String
  /// Who the other end proved to be, when it presented a certificate that one of our authorities signed.
  package var peer: PeerCertificate?
  /// Counts the requests of this process, for correlating log lines.
  package var id: UInt64

  package init(
    method: HTTPMethod, target: String, path: [String], query: HTTPQuery = HTTPQuery(), headers: HTTPHeaders = [:],
    body: [UInt8] = [], remoteAddress: String = "127.0.0.1", peer: PeerCertificate? = nil, id: UInt64 = 0
  ) {
    self.method = method
    self.target = target
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.remoteAddress = remoteAddress
    self.peer = peer
    self.id = id
  }
}
