/// A place in a text as a human finds it: 1-based line, and 1-based column counted in Unicode scalars (a tab is one).
///
/// A line ends with LF, CR LF or a CR alone.
package struct JSONPosition: Sendable, Equatable {
  package var line: Int
  package var column: Int

  package static let start = JSONPosition(line: 1, column: 1)

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Counts from the beginning of the text; an offset beyond the end means the end.
  init(ofOffset offset: Int, in bytes: [UInt8]) {
    self = .start
    advance(through: bytes, from: 0, to: offset)
  }

  /// Moves on over `bytes[from..<to]`, where this position is that of `from`.
  mutating func advance(through bytes: [UInt8], from: Int, to: Int) {
    let end = min(to, bytes.count)
    guard from < end else { return }
    for offset in from..<end {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && !Self.isLineFeed(bytes, offset + 1)) {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {  // continuation bytes belong to the scalar before them
        column += 1
      }
    }
  }

  private static func isLineFeed(_ bytes: [UInt8], _ offset: Int) -> Bool {
    offset < bytes.count && bytes[offset] == UInt8(ascii: "\n")
  }
}
