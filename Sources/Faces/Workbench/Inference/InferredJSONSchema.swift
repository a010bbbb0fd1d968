import DocumentKit
import JSONKit

/// Writes what was learnt of JSON documents as a JSON Schema.
struct InferredJSONSchema {
  let note: String

  func bytes(_ root: InferredElement) -> [UInt8] {
    var writer = JSONWriter(indent: 2)
    writer.beginObject()
    writer.name("$schema")
    writer.string("https://json-schema.org/draft/2020-12/schema")
    writer.name("$comment")
    writer.string(note)
    write(single: root, list: nil, isList: false, to: &writer)
    writer.endObject()
    return writer.finish() + [0x0A]
  }

  /// The keywords for a value that came alone, as an array, or as both: each speaks of its own type.
  private func write(single: InferredElement?, list: InferredElement?, isList: Bool, to writer: inout JSONWriter) {
    var types = single.map(types) ?? []
    if isList, !types.contains("array") { types.append("array") }
    writer.name("type")
    if types.count == 1 { writer.string(types[0]) } else { array(types, to: &writer) }
    if let single {
      if single.kinds.contains(.object) { writeMembers(of: single, to: &writer) }
      if single.kinds == [.string] { writeText(single.texts, to: &writer) }
    }
    let items = single?.kinds.contains(.array) == true ? single?.children.first { $0.isList } : list
    guard let items else { return }
    writer.name("items")
    writer.beginObject()
    write(single: items, list: nil, isList: false, to: &writer)
    writer.endObject()
  }

  private func types(_ element: InferredElement) -> [String] {
    let isInteger =
      !element.kinds.contains(.string) && element.texts.distinct.count <= InferredTexts.distinctLimit
      && element.texts.distinct.allSatisfy { ["true", "false", ""].contains($0) || InferredForm.integer.accepts($0) }
    let order: [(NodeTag.Kind, String)] = [
      (.object, "object"), (.array, "array"), (.string, "string"), (.number, isInteger ? "integer" : "number"),
      (.boolean, "boolean"), (.null, "null"),
    ]
    return order.filter { element.kinds.contains($0.0) }.map(\.1)
  }

  private func writeMembers(of element: InferredElement, to writer: inout JSONWriter) {
    var names: [String] = []
    // An object that is a value of an array of arrays holds items of its own.
    let members = element.kinds.contains(.array) ? element.children.filter { !$0.isList } : element.children
    for name in members.map(\.name) + element.emptyLists.keys.sorted() where !names.contains(name) {
      names.append(name)
    }
    let objects = element.count
    let required = names.filter { name in
      let parents = members.filter { $0.name == name }.map { element.presence[ObjectIdentifier($0)]?.parents ?? 0 }
      return parents.reduce(element.emptyLists[name] ?? 0, +) == objects
    }
    if !required.isEmpty, element.kinds == [.object] {
      writer.name("required")
      array(required.map(MemberName.unescaped), to: &writer)
    }
    writer.name("properties")
    writer.beginObject()
    for name in names {
      let single = members.first { $0.name == name && !$0.isList }
      let list = members.first { $0.name == name && $0.isList }
      writer.name(MemberName.unescaped(name))
      writer.beginObject()
      write(single: single, list: list, isList: list != nil || element.emptyLists[name] != nil, to: &writer)
      writer.endObject()
    }
    writer.endObject()
  }

  private func writeText(_ texts: InferredTexts, to writer: inout JSONWriter) {
    if let form = texts.form, form != .boolean, form != .integer, form != .decimal {
      switch form {
      case .dateTime: keyword("format", "date-time", to: &writer)
      case .date: keyword("format", "date", to: &writer)
      case .uuid: keyword("format", "uuid", to: &writer)
      case .email: keyword("format", "email", to: &writer)
      case .address: keyword("pattern", "^https?://", to: &writer)
      default:
        keyword("pattern", "^(\(form.pattern))$", to: &writer)
        keyword("$comment", "The time format is \(form.rawValue).", to: &writer)
      }
    } else if let values = texts.enumeration {
      writer.name("enum")
      array(values, to: &writer)
    }
  }

  private func keyword(_ name: String, _ text: String, to writer: inout JSONWriter) {
    writer.name(name)
    writer.string(text)
  }

  private func array(_ texts: [String], to writer: inout JSONWriter) {
    writer.beginArray()
    for text in texts { writer.string(text) }
    writer.endArray()
  }
}
