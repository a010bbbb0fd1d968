/// JSON in ASCII alone: other characters as `\uXXXX` (RFC 8259 §7).
///
/// The client decodes some answers as US-ASCII (domain page §3.5.3), where every other byte is lost.
enum ASCIIJSON {
  /// `json` is JSON text in UTF-8, in which such characters stand inside strings only.
  static func escaped(_ json: [UInt8]) -> [UInt8] {
    guard json.contains(where: { $0 >= 0x80 }) else { return json }
    var escaped: [UInt8] = []
    escaped.reserveCapacity(json.count + json.count / 2)
    for unit in String(decoding: json, as: UTF8.self).utf16 {
      guard unit >= 0x80 else {
        escaped.append(UInt8(unit))
        continue
      }
      let digits = String(unit, radix: 16)
      escaped.append(contentsOf: "\\u".utf8)
      escaped.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
      escaped.append(contentsOf: digits.utf8)
    }
    return escaped
  }
}
