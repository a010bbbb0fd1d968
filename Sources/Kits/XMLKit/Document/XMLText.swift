/// Text as it may stand between tags and between quotes of an XML document that is written by hand.
package enum XMLText {
  package static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What XML 1.0 §2.2 does not allow becomes U+FFFD; a carriage return goes by its number, because a parser would make a line
  /// feed of it.
  package static func append(_ text: String, to bytes: inout [UInt8]) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": bytes += "&amp;".utf8
      case "<": bytes += "&lt;".utf8
      case ">": bytes += "&gt;".utf8
      case "\"": bytes += "&quot;".utf8
      case "\r": bytes += "&#13;".utf8
      case "\t", "\n", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        UTF8.encode(scalar).map { bytes += $0 }
      default: bytes += "\u{FFFD}".utf8
      }
    }
  }
}
