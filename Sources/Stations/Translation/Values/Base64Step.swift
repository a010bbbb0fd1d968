import CryptographyKit
import XMLKit

/// Text from or to base64 (RFC 4648 §4) of its UTF-8 bytes.
package enum Base64Step: String, Sendable, CaseIterable {
  case decode
  case encode

  /// Nil if `text` is no base64, or what it holds is no text that a document can carry.
  package func convert(_ text: String) -> String? {
    switch self {
    case .encode: Base64.encode(Array(text.utf8))
    case .decode: Self.bytes(of: text).flatMap(Self.text)
    }
  }

  /// The bytes of base64 text, which may be broken into lines as MIME does.
  static func bytes(of text: String) -> [UInt8]? {
    try? Base64.decode(text, whiteSpace: .skipped)
  }

  private static func text(of bytes: [UInt8]) -> String? {
    guard let text = String(validating: bytes, as: UTF8.self),
      bytes.withUnsafeBufferPointer({ XMLCharacters.firstNotAllowed(in: $0) }) == nil
    else { return nil }
    return text
  }
}
