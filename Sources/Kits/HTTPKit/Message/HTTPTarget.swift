/// A request target taken apart: the path's segments and the query, percent-decoded (RFC 9112 §3.2, RFC 3986).
struct HTTPTarget: Sendable, Equatable {
  var path: [String]
  var query: HTTPQuery

  /// Reads origin-form (`/a/b?c=d`), absolute-form (`http://host/a`) and, as an empty path, the asterisk-form.
  ///
  /// Nil for anything else, for `%` without two hexadecimal digits, for a decoded NUL or bytes that are not UTF-8,
  /// and for the segments `.` and `..`: a client resolves those before it sends (RFC 3986 §5.2.4), so one that
  /// arrives tries to reach a path that was checked under another name.
  init?(parsing target: some Collection<UInt8>) {
    guard target.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else { return nil }
    var rest = Array(target)[...]
    if rest.elementsEqual("*".utf8) {
      path = []
      query = HTTPQuery()
      return
    }
    if rest.first != UInt8(ascii: "/") {
      guard let origin = Self.originForm(ofAbsolute: rest) else { return nil }
      rest = origin
    }
    let mark = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
    path = []
    if rest[..<mark].count > 1 {
      for segment in rest[..<mark].dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
        guard let text = Self.decoded(segment), text != ".", text != ".." else { return nil }
        path.append(text)
      }
    }
    guard let query = HTTPQuery(parsing: rest[mark...].dropFirst()) else { return nil }
    self.query = query
  }

  private static func originForm(ofAbsolute target: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    for scheme in ["http://", "https://"] where target.count > scheme.utf8.count {
      let authority = target.dropFirst(scheme.utf8.count)
      guard HTTPToken.equalIgnoringCase(target.prefix(scheme.utf8.count), scheme.utf8) else { continue }
      guard let start = authority.firstIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }) else {
        return [UInt8(ascii: "/")]
      }
      guard start > authority.startIndex else { return nil }
      return authority[start] == UInt8(ascii: "/") ? authority[start...] : [UInt8(ascii: "/")] + authority[start...]
    }
    return nil
  }

  /// `bytes` with its escapes resolved, or nil when it has a broken escape, a NUL or is not UTF-8.
  static func decoded(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool = false) -> String? {
    guard bytes.contains(UInt8(ascii: "%")) || plusIsSpace && bytes.contains(UInt8(ascii: "+")) else {
      return String(decoding: bytes, as: UTF8.self)  // the caller let through printable ASCII only
    }
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "%"):
        guard index + 2 < bytes.endIndex, let high = hexadecimal(bytes[index + 1]),
          let low = hexadecimal(bytes[index + 2]), high << 4 | low != 0
        else { return nil }
        plain.append(high << 4 | low)
        index += 3
      case UInt8(ascii: "+") where plusIsSpace:
        plain.append(UInt8(ascii: " "))
        index += 1
      case let byte:
        plain.append(byte)
        index += 1
      }
    }
    return String(validating: plain, as: UTF8.self)
  }

  static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
