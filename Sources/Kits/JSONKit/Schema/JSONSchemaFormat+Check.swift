import Glibc

extension JSONSchemaFormat {
  /// Whether a text, in UTF-8, is of this format.
  func accepts(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let bytes = text[...]
    return switch self {
    case .dateTime: DateTimeFormat.isDateTime(bytes)
    case .date: DateTimeFormat.isDate(bytes)
    case .time: DateTimeFormat.isTime(bytes)
    case .email: InternetFormat.isEmail(bytes)
    case .hostname: InternetFormat.isHostname(bytes)
    case .ipv4: InternetFormat.isAddress(bytes, AF_INET)
    case .ipv6: InternetFormat.isAddress(bytes, AF_INET6)
    case .uri: URIFormat.isReference(bytes, needsScheme: true)
    case .uriReference: URIFormat.isReference(bytes, needsScheme: false)
    case .uuid: Self.isUUID(bytes)
    case .jsonPointer: (try? JSONPointer(String(decoding: text, as: UTF8.self))) != nil
    case .regex: (try? JSONPattern(String(decoding: text, as: UTF8.self))) != nil
    }
  }

  /// RFC 9562 §4: hexadecimal digits in groups of 8, 4, 4, 4 and 12.
  private static func isUUID(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    text.count == 36
      && text.enumerated().allSatisfy { index, byte in
        [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : JSONText.hexadecimalDigit(byte) != nil
      }
  }
}
