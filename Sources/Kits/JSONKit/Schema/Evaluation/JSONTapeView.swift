/// A document as bare pointers, for the length of one validation.
///
/// Whoever makes a view lends it inside the closures that hold both buffers, and entries come only from the tape itself,
/// whose parser made every index and range; that is the argument for reading without bounds checks.
struct JSONTapeView {
  let tape: UnsafePointer<JSONNode>
  let bytes: UnsafePointer<UInt8>

  /// Lends the view of a document.
  static func with<Result>(_ document: JSONDocument, _ body: (JSONTapeView) -> Result) -> Result {
    document.tape.withUnsafeBufferPointer { tape in
      document.bytes.withUnsafeBufferPointer { bytes in
        guard let tapeBase = tape.baseAddress, let bytesBase = bytes.baseAddress else {
          preconditionFailure("a parsed document has at least one byte and one value")
        }
        return body(JSONTapeView(tape: tapeBase, bytes: bytesBase))
      }
    }
  }

  /// The bytes of a scalar; of a string, as spelt, without its quotes.
  @inline(__always) func raw(_ node: JSONNode) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes + Int(node.start), count: Int(node.length))
  }

  /// Lends the bytes of a string, escapes resolved.
  @inline(__always) func withString<Result>(
    _ node: JSONNode, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    node.mark ? JSONText.unescaped(raw(node)).withUnsafeBufferPointer(body) : body(raw(node))
  }

  /// A number written as an integer of at most 18 characters, which always fits.
  @inline(__always) func smallInteger(_ node: JSONNode) -> Int? {
    guard node.mark, node.length <= 18 else { return nil }
    var value = 0
    let text = raw(node)
    let isNegative = text[0] == UInt8(ascii: "-")
    for index in (isNegative ? 1 : 0)..<text.count { value = value &* 10 &+ Int(text[index] &- UInt8(ascii: "0")) }
    return isNegative ? -value : value
  }

  func decimal(_ node: JSONNode) -> JSONDecimal { JSONDecimal(raw(node)) }

  /// Whether a value is of one of the types.
  @inline(__always) func hasType(_ types: JSONSchemaTypes, _ entry: Int) -> Bool {
    switch tape[entry].kind {
    case .object: types.contains(.object)
    case .array: types.contains(.array)
    case .string: types.contains(.string)
    case .true, .false: types.contains(.boolean)
    case .null: types.contains(.null)
    case .number:
      // 1.0 is an integer too (2020-12 validation §6.1.1).
      types.contains(.fraction)
        || (types.contains(.integer) && (tape[entry].mark || decimal(tape[entry]).isInteger))
    }
  }

  /// The entry behind a value and all inside it.
  @inline(__always) func next(_ entry: Int) -> Int { Int(tape[entry].next) }
}
