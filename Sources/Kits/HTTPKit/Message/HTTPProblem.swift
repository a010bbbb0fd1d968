/// A refusal in the form of RFC 9457: what programs read when a request did not get as far as a handler.
package struct HTTPProblem: Sendable, Equatable {
  package var status: Int
  /// A stable word for programs, such as `content-length-repeated`.
  package var code: String
  /// What is wrong, in a few words.
  package var title: String
  /// What to do about it; never values out of the request.
  package var detail: String

  package init(status: Int, code: String, title: String, detail: String) {
    self.status = status
    self.code = code
    self.title = title
    self.detail = detail
  }

  /// The answer that carries this problem as `application/problem+json`.
  package var response: HTTPResponse {
    var body: [UInt8] = []
    body.reserveCapacity(96 + title.utf8.count + detail.utf8.count)
    body.append(contentsOf: #"{"type":"about:blank","status":"#.utf8)
    body.append(contentsOf: String(status).utf8)
    for (name, value) in [("code", code), ("title", title), ("detail", detail)] {
      body.append(contentsOf: ",\"\(name)\":".utf8)
      Self.appendString(value, to: &body)
    }
    body.append(UInt8(ascii: "}"))
    return HTTPResponse(status: status, headers: ["Content-Type": "application/problem+json"], body: body)
  }

  /// Appends a JSON string (RFC 8259 §7). This room stands below the rooms that know JSON.
  private static func appendString(_ text: String, to body: inout [UInt8]) {
    body.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        body.append(UInt8(ascii: "\\"))
        body.append(byte)
      case 0..<0x20:
        body.append(contentsOf: "\\u00".utf8)
        body.append(contentsOf: (byte < 0x10 ? "0" : "").utf8)
        body.append(contentsOf: String(byte, radix: 16).utf8)
      default:
        body.append(byte)
      }
    }
    body.append(UInt8(ascii: "\""))
  }
}
