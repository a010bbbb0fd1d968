extension String {
  /// The text without XML white space around it.
  var trimmed: String {
    var copy = self
    let isTrimmed = copy.withUTF8 { bytes in
      bytes.isEmpty || !(bytes[0].isXMLSpace || bytes[bytes.count - 1].isXMLSpace)
    }
    if isTrimmed { return self }
    let start = utf8.firstIndex { !$0.isXMLSpace } ?? endIndex
    let end = utf8.lastIndex { !$0.isXMLSpace }.map { utf8.index(after: $0) } ?? endIndex
    return start < end ? String(self[start..<end]) : ""
  }

  /// As many whole characters as have at most `limit` Unicode scalars together, and the number of scalars lost.
  ///
  /// Schemas count scalars (XML Schema Part 2 §4.3.3, JSON Schema Validation §6.3.1); a letter and the marks on it stay
  /// together.
  func cut(toScalars limit: Int) -> (kept: String, lost: Int) {
    var end = startIndex
    var taken = 0
    for character in self {
      let count = character.unicodeScalars.count
      guard taken + count <= limit else { break }
      taken += count
      end = index(after: end)
    }
    let lost = unicodeScalars.distance(from: end, to: endIndex)
    return lost == 0 ? (self, 0) : (String(self[..<end]), lost)
  }
}

extension UInt8 {
  fileprivate var isXMLSpace: Bool {
    self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D
  }
}
