/// One value of a document: a light reference that keeps its document alive.
///
/// A question that does not fit the kind is answered with nil (or nothing to iterate), never with a trap.
package struct JSONValue: Sendable {
  package let document: JSONDocument
  let index: Int

  init(document: JSONDocument, index: Int) {
    self.document = document
    self.index = index
  }

  var node: JSONNode { document.tape[index] }

  package var kind: JSONKind {
    switch node.kind {
    case .object: .object
    case .array: .array
    case .string: .string
    case .number: .number
    case .true, .false: .boolean
    case .null: .null
    }
  }

  // MARK: Scalars

  /// The text of a string, escapes resolved.
  package var string: String? {
    withUTF8String { String(decoding: $0, as: UTF8.self) }
  }

  /// Lends the UTF-8 bytes of a string, escapes resolved; nil when this is no string. Copies only where there are escapes.
  package func withUTF8String<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    let node = node
    guard node.kind == .string else { return nil }
    return try document.bytes.withUnsafeBufferPointer { bytes throws(Failure) in
      let raw = UnsafeBufferPointer(rebasing: bytes[node.range])
      guard node.mark else { return try body(raw) }
      return try JSONText.unescaped(raw).withUnsafeBufferPointer(body)
    }
  }

  /// A number exactly as written.
  package var numberText: String? {
    let node = node
    return node.kind == .number ? String(decoding: document.bytes[node.range], as: UTF8.self) : nil
  }

  /// A number written without fraction and exponent that fits; `1.0` and `1e2` are not taken for integers here.
  package var integer: Int? {
    let node = node
    return node.kind == .number && node.mark ? numberText.flatMap { Int($0) } : nil
  }

  /// The nearest double of a number; infinite where it is out of range. Never use it to forward a number.
  package var double: Double? { numberText.flatMap { Double($0) } }

  package var boolean: Bool? {
    switch node.kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  package var isNull: Bool { node.kind == .null }

  // MARK: Place

  /// The bytes of this value in the source, quotes and brackets included.
  package var byteRange: Range<Int> { node.sourceRange }

  /// Line and column of the first byte.
  package var position: JSONPosition { document.position(ofOffset: byteRange.lowerBound) }
}
