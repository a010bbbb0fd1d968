/// The text of one leaf of a document, by its place: a JSON value, or the text of an XML element.
struct LeafText {
  private let bytes: [UInt8]
  private let range: Range<Int>
  private let isXML: Bool

  /// The place is that of the value's first byte, or of the element's; both count from 1, columns in characters.
  init(_ bytes: [UInt8], line: Int, column: Int) {
    self.bytes = bytes
    var start = 0
    for _ in 1..<line { start = (bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? start) + 1 }
    for _ in 1..<column {
      start += 1
      while bytes[start] & 0xC0 == 0x80 { start += 1 }
    }
    isXML = bytes[start] == UInt8(ascii: "<")
    if isXML {
      let begin = (bytes[start...].firstIndex(of: UInt8(ascii: ">")) ?? start) + 1
      range = begin..<(bytes[begin...].firstIndex(of: UInt8(ascii: "<")) ?? begin)
    } else if bytes[start] == UInt8(ascii: "\"") {
      var end = start + 1
      while bytes[end] != UInt8(ascii: "\"") { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
      range = start..<end + 1
    } else {
      range = start..<(bytes[start...].firstIndex { ",}] \r\n".utf8.contains($0) } ?? bytes.count)
    }
  }

  /// The document with another text in its place; a JSON number stays one.
  func replaced(by text: String) -> [UInt8] {
    let isNumber = bytes[range].first != UInt8(ascii: "\"") && Int(text) != nil
    let new = isXML || isNumber ? text : "\"\(text)\""
    return Array(bytes[..<range.lowerBound]) + Array(new.utf8) + Array(bytes[range.upperBound...])
  }
}
