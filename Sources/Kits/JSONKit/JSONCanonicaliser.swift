/// Writes a value in the canonical form of RFC 8785, without recursion.
struct JSONCanonicaliser {
  /// An open container and what of it is still to be written.
  private struct Frame {
    let isObject: Bool
    /// Entries of the member names in canonical order, or of the elements.
    let entries: [Int]
    var written = 0
  }

  private(set) var result: [UInt8] = []
  private let document: JSONDocument
  private var frames: [Frame] = []

  init(_ document: JSONDocument) {
    self.document = document
    result.reserveCapacity(document.bytes.count)
  }

  mutating func write(_ entry: Int) throws(JSONFault) {
    try begin(entry)
    while let frame = frames.last {
      guard frame.written < frame.entries.count else {
        result.append(frame.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        frames.removeLast()
        continue
      }
      if frame.written > 0 { result.append(UInt8(ascii: ",")) }
      let next = frame.entries[frame.written]
      frames[frames.count - 1].written += 1
      if frame.isObject {
        appendString(next)
        result.append(UInt8(ascii: ":"))
        try begin(next + 1)
      } else {
        try begin(next)
      }
    }
  }

  /// Writes a scalar whole, or the opening bracket of a container, which then waits in `frames`.
  private mutating func begin(_ entry: Int) throws(JSONFault) {
    let node = document.tape[entry]
    switch node.kind {
    case .object:
      result.append(UInt8(ascii: "{"))
      frames.append(Frame(isObject: true, entries: sortedNames(of: entry)))
    case .array:
      result.append(UInt8(ascii: "["))
      frames.append(Frame(isObject: false, entries: elements(of: entry)))
    case .string: appendString(entry)
    case .number: try appendNumber(node)
    case .true, .false, .null: result.append(contentsOf: document.bytes[node.range])
    }
  }

  // MARK: Scalars

  private mutating func appendString(_ entry: Int) {
    let value = JSONValue(document: document, index: entry)
    value.withUTF8String { JSONText.appendQuoted($0, to: &result) }
  }

  private mutating func appendNumber(_ node: JSONNode) throws(JSONFault) {
    let bytes = document.bytes[node.range]
    let fault = JSONFault(code: .numberNotCanonical, offset: Int(node.start))
    guard let double = Double(String(decoding: bytes, as: UTF8.self)), double.isFinite else { throw fault }
    let text = ECMAScriptNumber.text(of: double)
    if node.mark, JSONDecimal(bytes) != JSONDecimal(Array(text.utf8)[...]) { throw fault }
    result.append(contentsOf: text.utf8)
  }

  // MARK: Order

  private func elements(of array: Int) -> [Int] {
    var entries: [Int] = []
    var entry = array + 1
    let end = Int(document.tape[array].next)
    while entry < end {
      entries.append(entry)
      entry = Int(document.tape[entry].next)
    }
    return entries
  }

  /// The names sorted by their UTF-16 code units (RFC 8785 §3.2.3).
  private func sortedNames(of object: Int) -> [Int] {
    var names: [(entry: Int, name: [UInt8])] = []
    for member in JSONValue(document: document, index: object).members {
      names.append((entry: member.nameValue.index, name: member.withUTF8Name { Array($0) }))
    }
    names.sort { Self.precedes($0.name, $1.name) }
    return names.map(\.entry)
  }

  /// The order of UTF-16 code units, taken from UTF-8: it is that of the bytes, save that scalars beyond U+FFFF (first
  /// byte F0–F4, in UTF-16 a surrogate D800…) come before U+E000–U+FFFF (first byte EE or EF).
  static func precedes(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    for (one, other) in zip(first, second) where one != other {
      guard one >= 0xEE, other >= 0xEE, (one < 0xF0) != (other < 0xF0) else { return one < other }
      return one > other
    }
    return first.count < second.count
  }
}
