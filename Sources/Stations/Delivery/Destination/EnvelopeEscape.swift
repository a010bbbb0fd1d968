import HTTPKit
import JSONKit

/// How a text is written inside of the document around it.
enum EnvelopeEscape: Sendable {
  case none
  /// With its quotes (RFC 8259 §7).
  case json
  /// Character data (XML 1.0 §2.4); a carriage return by its number, because readers would make a line feed of it.
  case xml
  /// `application/x-www-form-urlencoded`.
  case form
  /// Inside the quotes of a multipart parameter, as browsers write it.
  case quoted

  func append(_ text: String, to body: inout [UInt8]) {
    switch self {
    case .none: body += text.utf8
    case .json: body += Self.json(text)
    case .form: body += PercentEncoding.encode(text).utf8
    case .xml:
      Self.append(text, to: &body) { byte in
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "\r"): "&#13;"
        default: nil
        }
      }
    case .quoted:
      Self.append(text, to: &body) { byte in
        switch byte {
        case UInt8(ascii: "\""): "%22"
        case UInt8(ascii: "\r"): "%0D"
        case UInt8(ascii: "\n"): "%0A"
        default: nil
        }
      }
    }
  }

  /// The text byte by byte, some of them in other words.
  private static func append(_ text: String, to body: inout [UInt8], replacing words: (UInt8) -> String?) {
    for byte in text.utf8 {
      if let word = words(byte) { body += word.utf8 } else { body.append(byte) }
    }
  }

  private static func json(_ text: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.string(text)
    return writer.finish()
  }
}
