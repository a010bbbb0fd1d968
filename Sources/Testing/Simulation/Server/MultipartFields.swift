/// The fields of a form in parts.
enum MultipartFields {
  /// `multipart/form-data` (RFC 7578); nil when it is none.
  static func parse(_ body: [UInt8], contentType: String) -> [String: [UInt8]]? {
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
}
