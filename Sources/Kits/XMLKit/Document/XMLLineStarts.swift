/// Turns byte offsets of a UTF-8 text into lines and columns.
enum XMLLineStarts {
  /// Offsets of the first byte of each line. Lines end as in XML 1.0 §2.11: LF, CR LF, or a lone CR.
  static func make(_ source: [UInt8]) -> [Int] {
    var starts = [0]
    source.withUnsafeBufferPointer { bytes in
      for index in bytes.indices {
        let byte = bytes[index]
        let ends =
          byte == UInt8(ascii: "\n")
          || (byte == UInt8(ascii: "\r") && (index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n")))
        if ends { starts.append(index + 1) }
      }
    }
    return starts
  }

  /// Line and column of `offset`, from 1, columns in Unicode scalars; a byte order mark is no character.
  static func position(of offset: Int, in source: [UInt8], lineStarts: [Int]) -> (line: Int, column: Int) {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    var start = lineStarts[low]
    if start == 0, source.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, offset) }
    // A column is one more than the scalars before it; continuation bytes (0b10xxxxxx) begin none.
    let before = source[start..<offset].reduce(into: 0) { count, byte in
      if byte & 0xC0 != 0x80 { count += 1 }
    }
    return (low + 1, before + 1)
  }
}
