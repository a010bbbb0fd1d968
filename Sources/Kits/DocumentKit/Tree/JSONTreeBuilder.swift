import Glibc
import JSONKit
import XMLKit

/// Builds the elements of a JSON value, one walk over its tape.
///
/// It goes as deep as the JSON is nested, which `JSONLimits.depth` has bounded. Names and texts go from the source into
/// the tree without a `String` or a closure between; only what is spelt with escapes is put together first.
struct JSONTreeBuilder: ~Copyable {
  private var tree = XMLTreeBuilder()
  private let source: JSONValue
  /// The whole JSON text; lent for the time of the walk.
  private let bytes: UnsafeBufferPointer<UInt8>

  static func document(of value: JSONValue) throws(DocumentError) -> XMLDocument {
    try value.document.bytes.withUnsafeBufferPointer { (bytes) throws(DocumentError) in
      var builder = JSONTreeBuilder(value, bytes)
      try rootName.withUnsafeBufferPointer { (name) throws(DocumentError) in
        try builder.append(value, named: name, isListMember: false)
      }
      return builder.finish()
    }
  }

  private init(_ source: JSONValue, _ bytes: UnsafeBufferPointer<UInt8>) {
    self.source = source
    self.bytes = bytes
  }

  private consuming func finish() -> XMLDocument {
    tree.finish()
  }

  private static let rootName = Array(DocumentTree.rootName.utf8)
  private static let itemName = Array(DocumentTree.itemName.utf8)

  private mutating func append(
    _ value: JSONValue, named name: UnsafeBufferPointer<UInt8>, isListMember: Bool,
  ) throws(DocumentError) {
    let kind = NodeTag.Kind(value.kind)
    let range = value.byteRange
    let tag = NodeTag(kind, isListMember: isListMember)
    tree.open(name: name, mark: XMLNodeMark(offset: range.lowerBound, tag: tag.rawValue))
    switch kind {
    case .object:
      for member in value.members { try append(member) }
    case .array:
      try Self.itemName.withUnsafeBufferPointer { (item) throws(DocumentError) in
        for element in value.elements { try append(element, named: item, isListMember: true) }
      }
    case .string:
      if let plain = plainText(in: range) { try append(text: plain, of: value) } else { try appendEscaped(value) }
    case .number, .boolean:
      try append(text: UnsafeBufferPointer(rebasing: bytes[range]), of: value)
    case .null, .untagged: break
    }
    tree.close()
  }

  private mutating func append(_ member: JSONMember) throws(DocumentError) {
    if let name = plainText(in: member.nameValue.byteRange), MemberName.isElementName(name) {
      return try append(member.value, ofMember: name)
    }
    let escaped = Array(MemberName.escaped(member.name).utf8)
    try escaped.withUnsafeBufferPointer { (escaped) throws(DocumentError) in
      try append(member.value, ofMember: escaped)
    }
  }

  private mutating func append(
    _ value: JSONValue, ofMember name: UnsafeBufferPointer<UInt8>,
  ) throws(DocumentError) {
    guard value.kind == .array else { return try append(value, named: name, isListMember: false) }
    guard value.count > 0 else {
      return tree.processingInstruction(DocumentTree.emptyListTarget, String(decoding: name, as: UTF8.self))
    }
    for element in value.elements { try append(element, named: name, isListMember: true) }
  }

  // MARK: Texts

  /// The bytes between the quotes of the string at `range`; nil if they are spelt with escapes.
  private func plainText(in range: Range<Int>) -> UnsafeBufferPointer<UInt8>? {
    let text = UnsafeBufferPointer(rebasing: bytes[range.lowerBound + 1..<range.upperBound - 1])
    guard let start = text.baseAddress, memchr(start, Int32(UInt8(ascii: "\\")), text.count) == nil else { return nil }
    return text
  }

  private mutating func appendEscaped(_ value: JSONValue) throws(DocumentError) {
    let text = Array((value.string ?? "").utf8)
    try text.withUnsafeBufferPointer { (text) throws(DocumentError) in try append(text: text, of: value) }
  }

  private mutating func append(text: UnsafeBufferPointer<UInt8>, of value: JSONValue) throws(DocumentError) {
    do throws(XMLError) {
      try tree.text(text)
    } catch {
      throw refusal(error, at: value)
    }
  }

  private func refusal(_ error: XMLError, at value: JSONValue) -> DocumentError {
    let position = value.position
    return DocumentError(
      .characterNotAllowed,
      "A text contains a character that XML cannot carry, such as U+0000 or another control character; remove it.",
      path: Self.pointer(to: value.byteRange.lowerBound, in: source).description, line: position.line,
      column: position.column, cause: error)
  }

  /// The way to the innermost value that contains this byte.
  static func pointer(to offset: Int, in root: JSONValue) -> JSONPointer {
    var pointer = JSONPointer.root
    var value = root
    descent: while true {
      for member in value.members where member.value.byteRange.contains(offset) {
        pointer = pointer.appending(member.name)
        value = member.value
        continue descent
      }
      for (index, element) in value.elements.enumerated() where element.byteRange.contains(offset) {
        pointer = pointer.appending(index)
        value = element
        continue descent
      }
      return pointer
    }
  }
}

extension NodeTag.Kind {
  init(_ kind: JSONKind) {
    self =
      switch kind {
      case .object: .object
      case .array: .array
      case .string: .string
      case .number: .number
      case .boolean: .boolean
      case .null: .null
      }
  }
}
