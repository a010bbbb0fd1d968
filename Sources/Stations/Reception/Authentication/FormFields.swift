/// The fields of an `application/x-www-form-urlencoded` body (WHATWG URL §5.1). Of a repeated name the first counts.
struct FormFields {
  private var fields: [String: String] = [:]
  private var repeated: Set<String> = []

  init(parsing body: [UInt8]) {
    for pair in body.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = Self.decoded(parts[0])
      guard fields[name] == nil else {
        repeated.insert(name)
        continue
      }
      fields[name] = parts.count == 2 ? Self.decoded(parts[1]) : ""
    }
  }

  subscript(_ name: String) -> String? { fields[name] }
  func isRepeated(_ name: String) -> Bool { repeated.contains(name) }

  /// One name or value: `+` is a space, `%` and two digits are a byte.
  static func decoded(_ text: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var place = text.startIndex
    while place < text.endIndex {
      let byte = text[place]
      if byte == UInt8(ascii: "%"), text.endIndex - place > 2, let high = digit(text[place + 1]),
        let low = digit(text[place + 2])
      {
        bytes.append(high << 4 | low)
        place += 3
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        place += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
