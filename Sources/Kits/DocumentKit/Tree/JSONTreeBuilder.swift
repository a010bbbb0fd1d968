import JSONKit
import XMLKit

/// Builds the elements of a JSON value, one walk over its tape.
///
/// It goes as deep as the JSON is nested, which `JSONLimits.depth` has bounded.
struct JSONTreeBuilder: ~Copyable {
  private var tree = XMLTreeBuilder()
  private let source: JSONValue

  static func document(of value: JSONValue) throws(DocumentError) -> XMLDocument {
    var builder = JSONTreeBuilder(value)
    try builder.append(value, named: rootName, isListMember: false)
    return builder.finish()
  }

  private init(_ source: JSONValue) {
    self.source = source
  }

  private consuming func finish() -> XMLDocument {
    tree.finish()
  }

  private static let rootName = Array(DocumentTree.rootName.utf8)
  private static let itemName = Array(DocumentTree.itemName.utf8)

  private mutating func append(
    _ value: JSONValue, named name: [UInt8], isListMember: Bool,
  ) throws(DocumentError) {
    try name.withUnsafeBufferPointer { (name) throws(DocumentError) in
      try append(value, named: name, isListMember: isListMember)
    }
  }

  private mutating func append(
    _ value: JSONValue, named name: UnsafeBufferPointer<UInt8>, isListMember: Bool,
  ) throws(DocumentError) {
    let kind = NodeTag.Kind(value.kind)
    let tag = NodeTag(kind, isListMember: isListMember)
    tree.open(name: name, mark: XMLNodeMark(offset: value.byteRange.lowerBound, tag: tag.rawValue))
    switch kind {
    case .object:
      for member in value.members { try append(member) }
    case .array:
      for element in value.elements { try append(element, named: Self.itemName, isListMember: true) }
    case .string:
      try appendString(value)
    case .number:
      try append(text: value.numberText ?? "", of: value)
    case .boolean:
      try append(text: value.boolean == true ? "true" : "false", of: value)
    case .null, .untagged: break
    }
    tree.close()
  }

  private mutating func append(_ member: JSONMember) throws(DocumentError) {
    try member.withUTF8Name { (name) throws(DocumentError) in
      guard MemberName.isElementName(name) else {
        let escaped = Array(MemberName.escaped(String(decoding: name, as: UTF8.self)).utf8)
        return try escaped.withUnsafeBufferPointer { (escaped) throws(DocumentError) in
          try append(member.value, ofMember: escaped)
        }
      }
      try append(member.value, ofMember: name)
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

  private mutating func appendString(_ value: JSONValue) throws(DocumentError) {
    do throws(XMLError) {
      _ = try value.withUTF8String { (text) throws(XMLError) in try tree.text(text) }
    } catch {
      throw refusal(error, at: value)
    }
  }

  private mutating func append(text: String, of value: JSONValue) throws(DocumentError) {
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
