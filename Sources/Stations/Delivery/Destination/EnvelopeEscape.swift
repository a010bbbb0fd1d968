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
      for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "&"): body += Array("&amp;".utf8)
        case UInt8(ascii: "<"): body += Array("&lt;".utf8)
        case UInt8(ascii: ">"): body += Array("&gt;".utf8)
        case UInt8(ascii: "\""): body += Array("&quot;".utf8)
        case UInt8(ascii: "\r"): body += Array("&#13;".utf8)
        default: body.append(byte)
        }
      }
    case .quoted:
      for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\""): body += Array("%22".utf8)
        case UInt8(ascii: "\r"): body += Array("%0D".utf8)
        case UInt8(ascii: "\n"): body += Array("%0A".utf8)
        default: body.append(byte)
        }
      }
    }
  }

  private static func json(_ text: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.string(text)
    return writer.finish()
  }
}
