import CryptographyKit
import ServiceKit
import XMLKit

/// Writes XML of known names in a straight line: the caller closes what it opens.
///
/// Characters that XML 1.0 does not allow (§2.2) become U+FFFD: what is told comes from messages and notes of any kind, and an
/// answer that its reader cannot parse would tell nothing.
struct SOAPWriter {
  private(set) var bytes: [UInt8] = []

  init() { raw(#"<?xml version="1.0" encoding="UTF-8"?>"# + "\n") }

  /// Markup as it is.
  mutating func raw(_ markup: String) { bytes.append(contentsOf: markup.utf8) }

  mutating func open(_ name: String) { raw("<\(name)>") }
  mutating func close(_ name: String) { raw("</\(name)>") }

  mutating func leaf(_ name: String, _ text: String) {
    open(name)
    self.text(text)
    close(name)
  }

  /// Left out when there is none.
  mutating func leaf(_ name: String, _ text: String?) {
    if let text { leaf(name, text) }
  }

  mutating func leaf(_ name: String, _ time: Timestamp?) {
    if let time { leaf(name, time.rfc3339(offset: .vietnam)) }
  }

  mutating func leaf(_ name: String, _ number: Int) { leaf(name, String(number)) }

  mutating func leaf(_ name: String, base64 content: [UInt8]) {
    open(name)
    raw(Base64.encode(content))
    close(name)
  }

  private mutating func text(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": raw("&amp;")
      case "<": raw("&lt;")
      case ">": raw("&gt;")
      case "\"": raw("&quot;")
      // A parser would make a line feed of it.
      case "\r": raw("&#13;")
      case "\t", "\n", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        bytes.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
      default: raw("\u{FFFD}")
      }
    }
  }

  /// Text as it may stand between quotes and between tags.
  static func escaped(_ text: String) -> String {
    var writer = SOAPWriter(empty: ())
    writer.text(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private init(empty: ()) {}
}
