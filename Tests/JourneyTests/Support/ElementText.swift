extension [UInt8] {
  /// The text of the first element of that name without attributes. Looked for byte by byte on purpose: what arrived is
  /// looked at without the gateway's own parser.
  func text(of element: String) -> String? {
    guard let start = firstOffset(of: Array("<\(element)>".utf8)),
      let end = firstOffset(of: Array("</\(element)>".utf8)),
      case let begin = start + element.utf8.count + 2, begin <= end
    else { return nil }
    return String(decoding: self[begin..<end], as: UTF8.self)
  }

  private func firstOffset(of wanted: [UInt8]) -> Int? {
    guard count >= wanted.count else { return nil }
    return (0...(count - wanted.count)).first { start in
      self[start] == wanted[0] && self[start..<(start + wanted.count)].elementsEqual(wanted)
    }
  }
}
