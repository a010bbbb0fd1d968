import CryptographyKit
import ServiceKit
import XMLKit

/// Writes XML of known names in a straight line: the caller closes what it opens.
///
/// What is told comes from messages and notes of any kind, and an answer that its reader cannot parse would tell nothing:
/// `XMLText` makes it text that can be read.
struct SOAPWriter {
  private(set) var bytes: [UInt8] = []

  init() { raw(#"<?xml version="1.0" encoding="UTF-8"?>"# + "\n") }

  /// Markup as it is.
  mutating func raw(_ markup: String) { bytes.append(contentsOf: markup.utf8) }

  mutating func open(_ name: String) { raw("<\(name)>") }
  mutating func close(_ name: String) { raw("</\(name)>") }

  mutating func leaf(_ name: String, _ text: String) {
    open(name)
    XMLText.append(text, to: &bytes)
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
}
