/// Decides which texts may stand in a log line.
///
/// A name, an address or a remark has spaces, letters beyond ASCII or `@`; an identity card, a telephone number and a
/// bank account are digits alone. Identifiers of this project have neither form.
enum LogText {
  static let identifierBytesLimit = 96
  static let pathBytesLimit = 512
  /// What stands where a text was refused.
  static let refused = "‹refused›"

  /// ASCII letters, digits and `. _ : / + -`; not 8 digits or more without a letter.
  static func isIdentifier(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard !bytes.isEmpty, bytes.count <= identifierBytesLimit else { return false }
      var digits = 0
      var hasLetter = false
      for byte in bytes {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): hasLetter = true
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "+"),
          UInt8(ascii: "-"):
          break
        default: return false
        }
      }
      return hasLetter || digits < 8
    }
  }

  /// An IP address, perhaps with a zone or in brackets: hexadecimal digits, `.`, `:`, `[ ]`.
  static func isAddress(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard (2...64).contains(bytes.count) else { return false }
      let isMade = bytes.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
          UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "["),
          UInt8(ascii: "]"):
          true
        default: false
        }
      }
      return isMade && (bytes.contains(UInt8(ascii: ".")) || bytes.contains(UInt8(ascii: ":")))
    }
  }

  /// Printable ASCII without blanks and quotes. Paths are for files of the installation, not of citizens.
  static func isPath(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      !bytes.isEmpty && bytes.count <= pathBytesLimit
        && bytes.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }
  }
}
