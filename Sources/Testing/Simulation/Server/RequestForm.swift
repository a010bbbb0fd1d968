/// The fields of a body that is a form.
enum RequestForm {
  /// `application/x-www-form-urlencoded`; `%` and `+` stand for what they stand for.
  static func fields(urlencoded body: [UInt8]) -> [String: [UInt8]] {
    var fields: [String: [UInt8]] = [:]
    for pair in body.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      fields[String(decoding: decoded(parts[0]), as: UTF8.self)] = decoded(parts[1])
    }
    return fields
  }

  /// `multipart/form-data` (RFC 7578); nil when it is none.
  static func fields(multipart body: [UInt8], contentType: String) -> [String: [UInt8]]? {
    guard let boundary = contentType.split(separator: "boundary=").last, contentType.contains("multipart/form-data")
    else { return nil }
    let mark = Array("--\(boundary.filter { $0 != "\"" })".utf8)
    var fields: [String: [UInt8]] = [:]
    var rest = body[...]
    guard let first = rest.firstRange(of: mark) else { return nil }
    rest = rest[first.upperBound...]
    while let next = rest.firstRange(of: Array("\r\n".utf8) + mark) {
      let part = rest[..<next.lowerBound]
      rest = rest[next.upperBound...]
      guard let blank = part.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
      let head = String(decoding: part[..<blank.lowerBound], as: UTF8.self)
      guard let name = head.split(separator: " name=\"").dropFirst().first?.prefix(while: { $0 != "\"" }) else {
        return nil
      }
      fields[String(name)] = Array(part[blank.upperBound...])
    }
    return fields
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        result.append(value)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return result
  }
}
