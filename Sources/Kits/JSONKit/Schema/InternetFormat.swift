import Glibc

/// Host names, addresses and mailboxes.
enum InternetFormat {
  typealias Text = Slice<UnsafeBufferPointer<UInt8>>

  /// RFC 1123 §2.1: labels of letters, digits and inner hyphens.
  static func isHostname(_ text: Text) -> Bool {
    guard text.count <= 253 else { return false }
    return text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
        && label.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    }
  }

  /// RFC 2673 §3.2 (IPv4) or RFC 4291 §2.2 (IPv6), as the C library reads them; no zone.
  static func isAddress(_ text: Text, _ family: Int32) -> Bool {
    guard text.count <= 45, !text.contains(0) else { return false }
    var address = in6_addr()  // large enough for both families
    return inet_pton(family, Array(text).map { CChar(bitPattern: $0) } + [0], &address) == 1
  }

  /// A mailbox of RFC 5321 §4.1.2.
  static func isEmail(_ text: Text) -> Bool {
    guard let at = text.lastIndex(of: UInt8(ascii: "@")) else { return false }
    let local = text[..<at]
    let domain = text[(at + 1)...]
    guard (1...64).contains(local.count), isQuoted(local) || isDotString(local) else { return false }
    guard domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]"), domain.count > 2 else {
      return isHostname(domain)
    }
    let literal = domain.dropFirst().dropLast()
    let prefix = Array("IPv6:".utf8)
    return literal.starts(with: prefix)
      ? isAddress(literal.dropFirst(prefix.count), AF_INET6) : isAddress(literal, AF_INET)
  }

  private static func isDotString(_ text: Text) -> Bool {
    let special = Array("!#$%&'*+-/=?^_`{|}~".utf8)
    return text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
      !atom.isEmpty && atom.allSatisfy { isLetterOrDigit($0) || special.contains($0) }
    }
  }

  private static func isQuoted(_ text: Text) -> Bool {
    guard text.count >= 2, text.first == UInt8(ascii: "\""), text.last == UInt8(ascii: "\"") else { return false }
    var isEscaped = false
    for byte in text.dropFirst().dropLast() {
      guard (0x20...0x7E).contains(byte), isEscaped || byte != UInt8(ascii: "\"") else { return false }
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    }
    return !isEscaped
  }

  static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
  }
}
