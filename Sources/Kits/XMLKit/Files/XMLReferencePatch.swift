/// Changes an attribute in the text of a start tag, leaving every line where it is.
enum XMLReferencePatch {
  /// Gives the attribute of the tag that begins at `offset` another value, or adds it.
  ///
  /// The text has been parsed before, so the tag is well-formed. `value` needs no escaping.
  static func set(_ attribute: String, to value: String, at offset: Int, in text: inout [UInt8]) {
    precondition(text[offset] == UInt8(ascii: "<"), "an attribute is set in a start tag")
    let wanted = Array(attribute.utf8)
    var index = offset + 1
    while !isSpace(text[index]), text[index] != UInt8(ascii: ">"), text[index] != UInt8(ascii: "/") { index += 1 }
    let behindName = index
    while true {
      while isSpace(text[index]) { index += 1 }
      if text[index] == UInt8(ascii: ">") || text[index] == UInt8(ascii: "/") { break }
      let nameStart = index
      while !isSpace(text[index]), text[index] != UInt8(ascii: "=") { index += 1 }
      let name = text[nameStart..<index]
      while text[index] != UInt8(ascii: "\""), text[index] != UInt8(ascii: "'") { index += 1 }
      let quote = text[index]
      let valueStart = index + 1
      index = valueStart
      while text[index] != quote { index += 1 }
      if name.elementsEqual(wanted) {
        text.replaceSubrange(valueStart..<index, with: Array(value.utf8))
        return
      }
      index += 1
    }
    text.insert(contentsOf: Array(" \(attribute)=\"\(value)\"".utf8), at: behindName)
  }

  /// The UTF-8 text of a file; when it was converted, its XML declaration, which names another encoding, is blanked.
  static func withoutForeignDeclaration(_ source: [UInt8], original: [UInt8]) -> [UInt8] {
    guard source != original, source.starts(with: Array("<?xml".utf8)),
      let end = source.firstIndex(of: UInt8(ascii: ">"))
    else { return source }
    var text = source
    for index in 0...end where text[index] != UInt8(ascii: "\n") { text[index] = UInt8(ascii: " ") }
    return text
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
