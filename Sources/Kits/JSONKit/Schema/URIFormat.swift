import Glibc

/// URIs and relative references, character by character (RFC 3986 appendix A).
enum URIFormat {
  typealias Text = Slice<UnsafeBufferPointer<UInt8>>

  static func isReference(_ text: Text, needsScheme: Bool) -> Bool {
    var rest = text
    if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      guard consists(rest[(hash + 1)...], ofAlso: ":@/?") else { return false }
      rest = rest[..<hash]
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      guard consists(rest[(mark + 1)...], ofAlso: ":@/?") else { return false }
      rest = rest[..<mark]
    }
    let firstSegment = rest.prefix { $0 != UInt8(ascii: "/") }
    var hasScheme = false
    if let colon = firstSegment.firstIndex(of: UInt8(ascii: ":")) {
      // In a relative reference the first segment has no colon, so this must be a scheme.
      guard isScheme(rest[..<colon]) else { return false }
      hasScheme = true
      rest = rest[(colon + 1)...]
    }
    guard hasScheme || !needsScheme else { return false }
    if rest.starts(with: Array("//".utf8)) {
      let authority = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
      guard isAuthority(authority) else { return false }
      rest = rest.dropFirst(2 + authority.count)
    }
    return consists(rest, ofAlso: ":@/")
  }

  private static func isScheme(_ text: Text) -> Bool {
    guard let first = text.first, (0x61...0x7A).contains(first | 0x20) else { return false }
    return text.allSatisfy { InternetFormat.isLetterOrDigit($0) || "+-.".utf8.contains($0) }
  }

  /// User information, host or bracketed IPv6 address, and port.
  private static func isAuthority(_ text: Text) -> Bool {
    var host = text
    if let at = host.lastIndex(of: UInt8(ascii: "@")) {
      guard consists(host[..<at], ofAlso: ":") else { return false }
      host = host[(at + 1)...]
    }
    if let colon = host.lastIndex(of: UInt8(ascii: ":")), !host[colon...].contains(UInt8(ascii: "]")) {
      guard host[(colon + 1)...].allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
      host = host[..<colon]
    }
    guard host.first == UInt8(ascii: "[") else { return consists(host, ofAlso: "") }
    guard host.last == UInt8(ascii: "]") else { return false }
    return InternetFormat.isAddress(host.dropFirst().dropLast(), AF_INET6)
  }

  /// Whether a part is made of unreserved characters, sub-delimiters, percent escapes, and what else it may have.
  private static func consists(_ text: Text, ofAlso others: StaticString) -> Bool {
    let others = UnsafeBufferPointer(start: others.utf8Start, count: others.utf8CodeUnitCount)
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      if byte == UInt8(ascii: "%") {
        guard index + 2 < text.endIndex, JSONText.hexadecimalDigit(text[index + 1]) != nil,
          JSONText.hexadecimalDigit(text[index + 2]) != nil
        else { return false }
        index += 3
        continue
      }
      guard InternetFormat.isLetterOrDigit(byte) || "-._~!$&'()*+,;=".utf8.contains(byte) || others.contains(byte)
      else { return false }
      index += 1
    }
    return true
  }
}
