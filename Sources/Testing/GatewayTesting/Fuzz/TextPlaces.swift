/// Whether a line and a column are places of a text, for checking that errors point into the file.
package struct TextPlaces {
  /// Bytes of each line, of which there are at least as many as columns.
  private let lengths: [Int]

  /// Lines end with LF, CR LF or CR.
  package init(_ bytes: [UInt8]) {
    var lengths = [0]
    var afterReturn = false
    for byte in bytes {
      defer { afterReturn = byte == UInt8(ascii: "\r") }
      if afterReturn, byte == UInt8(ascii: "\n") { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        lengths.append(0)
      } else {
        lengths[lengths.count - 1] += 1
      }
    }
    self.lengths = lengths
  }

  /// The place behind the last character of a line belongs to it.
  package func contains(line: Int, column: Int) -> Bool {
    lengths.indices.contains(line - 1) && column >= 1 && column <= lengths[line - 1] + 1
  }
}
