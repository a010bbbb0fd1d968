import CXML

/// A text that is found by walking the tree; see `XPathTruth`, also for why it may be shared.
class XPathText: @unchecked Sendable {
  /// Lends the bytes for the length of the call; a zero stands behind the last one, unless there is none at all.
  func lend(at node: xmlNodePtr, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    preconditionFailure("a text is one of the kinds below")
  }

  /// Where one text first stands in another; UTF-8 finds no character inside another.
  static func place(of part: UnsafeBufferPointer<UInt8>, in whole: UnsafeBufferPointer<UInt8>) -> Int? {
    guard part.count <= whole.count else { return nil }
    return (0...(whole.count - part.count)).first {
      UnsafeBufferPointer(rebasing: whole[$0..<$0 + part.count]).elementsEqual(part)
    }
  }

  /// Whether a byte of UTF-8 continues a character.
  static func continues(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}

final class XPathLiteral: XPathText, @unchecked Sendable {
  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) + [0] }

  override func lend(at node: xmlNodePtr, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0.dropLast())) }
  }
}

/// The text of the first node that a path leads to; empty when there is none.
final class XPathFirstText: XPathText, @unchecked Sendable {
  private let nodes: XPathNodeSet

  init(_ nodes: XPathNodeSet) { self.nodes = nodes }

  override func lend(at node: xmlNodePtr, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    guard let found = nodes.first(at: node) else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
    found.withTextBytes(body)
  }
}

/// White space at the ends left out, and every other run of it one blank (XPath 1.0 §4.2, normalize-space).
final class XPathNormalText: XPathText, @unchecked Sendable {
  private let text: XPathText

  init(_ text: XPathText) { self.text = text }

  override func lend(at node: xmlNodePtr, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    text.lend(at: node) { bytes in
      if Self.isNormal(bytes) { return body(bytes) }
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count + 1) { normal in
        var count = 0
        var isBehindSpace = false
        for byte in bytes {
          if Self.isSpace(byte) {
            isBehindSpace = true
            continue
          }
          if isBehindSpace, count > 0 {
            normal[count] = 0x20
            count += 1
          }
          isBehindSpace = false
          normal[count] = byte
          count += 1
        }
        normal[count] = 0
        body(UnsafeBufferPointer(start: normal.baseAddress, count: count))
      }
    }
  }

  private static func isNormal(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var isBehindSpace = true
    for byte in bytes {
      guard isSpace(byte) else {
        isBehindSpace = false
        continue
      }
      if isBehindSpace || byte != 0x20 { return false }
      isBehindSpace = true
    }
    return bytes.isEmpty || !isBehindSpace
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
