import CryptographyKit

/// Stands for the bytes of a file by what they are: `urn:sha256:<64 digits>;bytes=<size>`.
///
/// Two files with the same bytes have the same reference, whoever sent them.
package struct FileReference: Sendable, Hashable, CustomStringConvertible {
  /// 64 hexadecimal digits in small letters.
  package let sha256: String
  /// Size in bytes.
  package let byteCount: Int

  private static let prefix = "urn:sha256:"
  private static let separator = ";bytes="
  private static let digitCount = 64

  package init(of bytes: [UInt8]) {
    sha256 = Hexadecimal.encode(SHA256.hash(bytes))
    byteCount = bytes.count
  }

  /// Nil if `text` is no reference.
  package init?(_ text: String) {
    guard text.hasPrefix(Self.prefix), let mark = text.firstRange(of: Self.separator) else { return nil }
    let digits = text[text.index(text.startIndex, offsetBy: Self.prefix.count)..<mark.lowerBound]
    let size = text[mark.upperBound...]
    guard digits.utf8.count == Self.digitCount, digits.utf8.allSatisfy(Self.isHexadecimal),
      size.utf8.count <= 15, size.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
      size == "0" || size.utf8.first != UInt8(ascii: "0"), let byteCount = Int(size)
    else { return nil }
    sha256 = String(digits)
    self.byteCount = byteCount
  }

  package var description: String { "\(Self.prefix)\(sha256)\(Self.separator)\(byteCount)" }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f")
  }
}
