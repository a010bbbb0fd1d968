/// An answer as the vendor's client has it before it reads it.
package struct VXPReply: Sendable, Equatable {
  package var status: Int
  /// Names in lower case.
  package var headers: [String: String]
  package var body: [UInt8]

  /// What one request got.
  enum Reading {
    case reply(VXPReply)
    /// The connection ended before a byte of the answer.
    case cut
    /// It ended in the middle of the answer.
    case broken
  }

  static func read(from connection: VXPConnection) -> Reading {
    let end = Array("\r\n\r\n".utf8)
    var seen = false
    while true {
      guard let head = connection.read(until: end) else { return seen ? .broken : .cut }
      seen = true
      let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
      guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
        return .broken
      }
      if (100...199).contains(status) { continue }
      var headers: [String: String] = [:]
      for line in lines.dropFirst() {
        let parts = line.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { continue }
        headers[parts[0].lowercased()] = parts[1].drop { $0 == " " }.description
      }
      guard let body = body(of: status, headers, connection) else { return .broken }
      return .reply(VXPReply(status: status, headers: headers, body: body))
    }
  }

  private static func body(of status: Int, _ headers: [String: String], _ connection: VXPConnection) -> [UInt8]? {
    if status == 204 || status == 304 { return [] }
    if let length = headers["content-length"] { return Int(length).flatMap { connection.read($0) } }
    guard headers["transfer-encoding"]?.lowercased() == "chunked" else { return connection.readToEnd() }
    var body: [UInt8] = []
    let lineEnd = Array("\r\n".utf8)
    while let line = connection.read(until: lineEnd),
      let size = Int(String(decoding: line.dropLast(2).prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self), radix: 16)
    {
      guard let chunk = connection.read(size), connection.read(2) != nil else { return nil }
      if size == 0 { return body }
      body += chunk
    }
    return nil
  }
}
