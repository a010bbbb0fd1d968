/// Which texts may stand in an error although they come out of a document.
package enum ShownCode {
  /// The most bytes of a code that is shown.
  package static let bytesLimit = 32

  /// `text` if it looks like a code: letters, digits, `.`, `_`, `-`. Anything else may be a citizen's data.
  package static func text(of text: String) -> String? {
    guard (1...bytesLimit).contains(text.utf8.count) else { return nil }
    let isCode = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    return isCode ? text : nil
  }
}
