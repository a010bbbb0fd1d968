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

  /// `sha256`: 64 hexadecimal digits in small letters.
  init(sha256: String, byteCount: Int) {
    self.sha256 = sha256
    self.byteCount = byteCount
  }

  package init(of bytes: [UInt8]) {
    sha256 = Hexadecimal.encode(SHA256.hash(bytes))
    byteCount = bytes.count
  }

  /// Nil if `text` is no reference.
  package init?(_ text: String) {
    guard text.hasPrefix(Self.prefix), let mark = text.firstRange(of: Self.separator) else { return nil }
    let digits = text[text.index(text.startIndex, offsetBy: Self.prefix.count)..<mark.lowerBound]
    let size = text[mark.upperBound...]
    guard Self.isDigest(digits), size.utf8.count <= 15,
      size.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
      size == "0" || size.utf8.first != UInt8(ascii: "0"), let byteCount = Int(size)
    else { return nil }
    sha256 = String(digits)
    self.byteCount = byteCount
  }

  package var description: String { "\(Self.prefix)\(sha256)\(Self.separator)\(byteCount)" }

  /// Whether `text` is a SHA-256 as references spell it; such a text is safe as the name of a file.
  package static func isDigest(_ text: some StringProtocol) -> Bool {
    text.utf8.count == digitCount && text.utf8.allSatisfy(isHexadecimal)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f")
  }
}
