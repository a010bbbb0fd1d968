/// What is remembered beside an element: where it began in the source, and eight bits that belong to the caller.
///
/// It is packed into libxml2's application word of the node, so it costs no allocation and lives as long as the node.
package struct XMLNodeMark: Sendable, Equatable {
  /// Offset of the element's first byte in the source; -1 when not known. Attributes carry no offset of their own.
  package var offset: Int
  /// Free for the layer above.
  package var tag: UInt8

  package init(offset: Int = -1, tag: UInt8 = 0) {
    self.offset = offset
    self.tag = tag
  }

  /// The packed form: offset + 1 in the upper 56 bits, the tag below, so that a word of zeros means "nothing known".
  var word: UInt {
    UInt(bitPattern: (offset + 1) << 8) | UInt(tag)
  }

  init(word: UInt) {
    offset = Int(word >> 8) - 1
    tag = UInt8(truncatingIfNeeded: word)
  }
}
