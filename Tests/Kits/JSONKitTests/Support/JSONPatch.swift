@testable import JSONKit

/// JSON Patch (RFC 6902), as far as the published pointer cases need it: each operation reads its places through
/// `JSONPointer` and writes a new document through `JSONWriter`.
struct JSONPatch {
  struct Refusal: Error {}

  private enum Edit {
    case add(JSONValue), replace(JSONValue), remove
  }

  static func apply(_ operations: JSONValue, to document: JSONDocument) throws -> JSONDocument {
    var document = document
    for operation in operations.elements { document = try apply(operation: operation, to: document) }
    return document
  }

  private static func apply(operation: JSONValue, to document: JSONDocument) throws -> JSONDocument {
    let path = try pointer(operation["path"])
    switch operation["op"]?.string {
    case "add": return try edit(document, at: path, .add(required(operation["value"])))
    case "replace": return try edit(document, at: path, .replace(required(operation["value"])))
    case "remove": return try edit(document, at: path, .remove)
    case "copy":
      return try edit(document, at: path, .add(required(pointer(operation["from"]).evaluate(in: document.root))))
    case "move":
      let from = try pointer(operation["from"])
      let value = try required(from.evaluate(in: document.root))
      if path == from { return document }
      return try edit(edit(document, at: from, .remove), at: path, .add(value))
    case "test":
      let value = try required(path.evaluate(in: document.root))
      guard try value.canonicalised() == required(operation["value"]).canonicalised() else { throw Refusal() }
      return document
    default: throw Refusal()
    }
  }

  private static func required(_ value: JSONValue?) throws -> JSONValue {
    guard let value else { throw Refusal() }
    return value
  }

  private static func pointer(_ value: JSONValue?) throws -> JSONPointer {
    guard let text = value?.string else { throw Refusal() }
    return try JSONPointer(text)
  }

  // MARK: Edits

  private static func edit(_ document: JSONDocument, at path: JSONPointer, _ edit: Edit) throws -> JSONDocument {
    var writer = JSONWriter()
    try write(document.root, path.tokens[...], edit, to: &writer)
    return try JSONDocument(parsing: writer.finish())
  }

  private static func write(
    _ value: JSONValue, _ tokens: ArraySlice<String>, _ edit: Edit, to writer: inout JSONWriter
  ) throws {
    guard let token = tokens.first else {
      switch edit {
      case .add(let new), .replace(let new): writer.value(new)
      case .remove: throw Refusal()
      }
      return
    }
    let isLast = tokens.count == 1
    switch value.kind {
    case .object: try writeObject(value, token, tokens.dropFirst(), isLast ? edit : nil, edit, to: &writer)
    case .array: try writeArray(value, token, tokens.dropFirst(), isLast ? edit : nil, edit, to: &writer)
    default: throw Refusal()
    }
  }

  private static func writeObject(
    _ value: JSONValue, _ token: String, _ rest: ArraySlice<String>, _ here: Edit?, _ edit: Edit,
    to writer: inout JSONWriter
  ) throws {
    var isMet = false
    writer.beginObject()
    for member in value.members {
      let isTarget = member.isNamed(token)
      isMet = isMet || isTarget
      if isTarget, case .remove? = here { continue }
      writer.name(member.name)
      if isTarget { try write(member.value, rest, edit, to: &writer) } else { writer.value(member.value) }
    }
    if !isMet {
      guard case .add(let new)? = here else { throw Refusal() }
      writer.name(token)
      writer.value(new)
    }
    writer.endObject()
  }

  private static func writeArray(
    _ value: JSONValue, _ token: String, _ rest: ArraySlice<String>, _ here: Edit?, _ edit: Edit,
    to writer: inout JSONWriter
  ) throws {
    guard let target = token == "-" ? value.count : JSONPointer.index(token) else { throw Refusal() }
    writer.beginArray()
    for (index, element) in value.elements.enumerated() {
      guard index == target else {
        writer.value(element)
        continue
      }
      switch here {
      case .remove?: break
      case .add(let new)?:
        writer.value(new)
        writer.value(element)
      default: try write(element, rest, edit, to: &writer)
      }
    }
    if target >= value.count {
      guard target == value.count, case .add(let new)? = here else { throw Refusal() }
      writer.value(new)
    }
    writer.endArray()
  }
}
