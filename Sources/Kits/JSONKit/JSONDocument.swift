import Synchronization

/// A JSON text that was read once and is kept as it was written: order, spelling of numbers and bytes are all there.
///
/// The text must be exactly one value by RFC 8259, in UTF-8 without byte order mark, without duplicate names (also when
/// spelt with escapes) and without lone surrogates; anything else is refused with the place of the fault.
/// Reading costs about 1 ns per byte; values are looked up on a tape of 16 bytes per value.
package final class JSONDocument: Sendable {
  /// The text as it came.
  package let bytes: [UInt8]
  let tape: [JSONNode]
  private let positions = Mutex<JSONPositionIndex?>(nil)

  /// Reads a text.
  package init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
    do {
      tape = try bytes.withUnsafeBufferPointer { buffer throws(JSONFault) in
        var parser = try JSONTapeParser(buffer, limits: limits)
        try parser.parse()
        return parser.tape.nodes()
      }
    } catch {
      throw error.error(in: bytes, limits: limits)
    }
    self.bytes = bytes
  }

  /// Reads a text that is at hand as a `String`.
  package convenience init(parsing text: String, limits: JSONLimits = .standard) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), limits: limits)
  }

  /// The one value of the text.
  package var root: JSONValue { JSONValue(document: self, index: 0) }

  /// Line and column of a byte offset; beyond the end, those of the end. The first call reads the text once.
  package func position(ofOffset offset: Int) -> JSONPosition {
    positions.withLock { index in
      let known = index ?? JSONPositionIndex(bytes)
      index = known
      return known.position(ofOffset: offset, in: bytes)
    }
  }
}
