/// The method of a request, spelt as on the wire (RFC 9110 §9; method names are case-sensitive).
package struct HTTPMethod: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  package let rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  package init(stringLiteral value: String) {
    self.rawValue = value
  }

  package static let get = HTTPMethod(rawValue: "GET")
  package static let head = HTTPMethod(rawValue: "HEAD")
  package static let post = HTTPMethod(rawValue: "POST")
  package static let put = HTTPMethod(rawValue: "PUT")
  package static let patch = HTTPMethod(rawValue: "PATCH")
  package static let delete = HTTPMethod(rawValue: "DELETE")
  package static let options = HTTPMethod(rawValue: "OPTIONS")

  /// Whether sending the request twice does no more than sending it once, and neither changes anything
  /// (RFC 9110 §9.2.1).
  package var isSafe: Bool {
    self == .get || self == .head || self == .options || rawValue == "TRACE"
  }

  package var description: String { rawValue }
}
