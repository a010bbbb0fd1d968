import Glibc

/// A range of internet addresses by its prefix, such as `10.20.0.0/16` or `2001:db8::/32`; an address alone is a range of one.
package struct AddressRange: Sendable, Equatable {
  private let network: [UInt8]
  private let prefixBits: Int

  /// nil for what is no range (RFC 4632 §3.1, RFC 4291 §2.3), and for one whose address has bits behind the prefix: one of the two is
  /// mistyped.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let network = Self.bytes(of: String(parts[0])) else { return nil }
    var bits = network.count * 8
    if parts.count == 2 {
      guard parts[1].utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), let told = Int(parts[1]),
        told <= bits
      else { return nil }
      bits = told
    }
    self.network = network
    prefixBits = bits
    guard Self.masked(network, bits) == network else { return nil }
  }

  /// Whether an address, written as ``HTTPRequest/remoteAddress`` is, lies in the range. An IPv4 address that came through an IPv6
  /// socket (`::ffff:192.0.2.7`) is the IPv4 address.
  package func contains(_ address: String) -> Bool {
    guard let bytes = Self.bytes(of: address), bytes.count == network.count else { return false }
    return Self.masked(bytes, prefixBits) == network
  }

  /// 4 or 16 bytes; nil for what is no address.
  private static func bytes(of text: String) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 16)  // large enough for both families
    if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes[..<4]) }
    guard inet_pton(AF_INET6, text, &bytes) == 1 else { return nil }
    let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
    return isMapped ? Array(bytes[12...]) : bytes
  }

  private static func masked(_ bytes: [UInt8], _ bits: Int) -> [UInt8] {
    bytes.enumerated().map { index, byte in
      let kept = min(8, max(0, bits - index * 8))
      return kept == 0 ? 0 : byte & (0xFF << (8 - kept))
    }
  }
}
