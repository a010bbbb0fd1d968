/// The fields of an `application/x-www-form-urlencoded` body (WHATWG URL §5.1). Of a repeated name the first counts.
package struct FormFields: Sendable {
  /// Each with its value's bytes; a field without `=` is empty.
  package private(set) var bytes: [String: [UInt8]] = [:]
  private var repeated: Set<String> = []

  package init(parsing body: [UInt8]) {
    for pair in body.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = Self.text(of: parts[0])
      guard bytes[name] == nil else {
        repeated.insert(name)
        continue
      }
      bytes[name] = parts.count == 2 ? Self.decoded(parts[1]) : []
    }
  }

  package subscript(_ name: String) -> String? { bytes[name].map { String(decoding: $0, as: UTF8.self) } }
  package func isRepeated(_ name: String) -> Bool { repeated.contains(name) }

  /// One name or value: `+` is a space, `%` and two digits are a byte.
  package static func text(of encoded: ArraySlice<UInt8>) -> String {
    String(decoding: decoded(encoded), as: UTF8.self)
  }

  private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var place = text.startIndex
    while place < text.endIndex {
      let byte = text[place]
      if byte == UInt8(ascii: "%"), text.endIndex - place > 2, let high = HTTPTarget.hexadecimal(text[place + 1]),
        let low = HTTPTarget.hexadecimal(text[place + 2])
      {
        bytes.append(high << 4 | low)
        place += 3
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        place += 1
      }
    }
    return bytes
  }
}
