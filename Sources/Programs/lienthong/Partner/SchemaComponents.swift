import JSONKit

/// JSON Schemas of messages as components of an OpenAPI description: a component for each file, which the others refer to
/// by its place in the description. Tools then need nothing beside it.
struct SchemaComponents {
  private let folder: String
  private var documents: [String: JSONDocument] = [:]

  /// - Parameter folder: the one of Schemas/.
  init(folder: String) { self.folder = folder }

  /// Adds a schema, such as `vbdlis/1/types.schema.json`, with those it refers to.
  mutating func add(_ path: String) throws(CommandFailure) {
    guard documents[path] == nil else { return }
    let document = try FileBytes.json("\(folder)/\(path)")
    documents[path] = document
    for reference in Self.references(in: document.root) { try add(try Self.target(of: reference, in: path).path) }
  }

  /// Where a schema is in the description.
  static func place(of path: String) -> String { "#/components/schemas/" + name(of: path) }

  /// Writes the components as members, by their names.
  func write(into writer: inout JSONWriter) throws(CommandFailure) {
    for (path, document) in documents.sorted(by: { $0.key < $1.key }) {
      writer.name(Self.name(of: path))
      try Self.write(document.root, of: path, isRoot: true, into: &writer)
    }
  }

  private static func name(of path: String) -> String { path.replacing("/", with: ".") }

  private static func references(in value: JSONValue) -> [String] {
    let own = value.members.compactMap { $0.name == "$ref" ? $0.value.string : nil }
    return own + value.members.flatMap { references(in: $0.value) } + value.elements.flatMap { references(in: $0) }
  }

  /// The file that a reference leads to, and where in it.
  private static func target(
    of reference: String, in path: String
  ) throws(CommandFailure) -> (path: String, pointer: String) {
    let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let pointer = parts.count == 2 ? parts[1] : ""
    var folders = path.split(separator: "/").dropLast().map(String.init)
    let steps = parts[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard !parts[0].contains(":"), !parts[0].hasPrefix("/"), pointer.isEmpty || pointer.hasPrefix("/") else {
      throw .unusable(
        "the schema '\(path)' refers to '\(reference)'; here it may refer to files of Schemas and places in them")
    }
    guard !parts[0].isEmpty else { return (path, pointer) }
    for step in steps {
      if step == ".." { _ = folders.popLast() } else { folders.append(step) }
    }
    return (folders.joined(separator: "/"), pointer)
  }

  /// The schema without its own address, by which tools would look for it.
  private static func write(
    _ value: JSONValue, of path: String, isRoot: Bool = false, into writer: inout JSONWriter
  ) throws(CommandFailure) {
    switch value.kind {
    case .object:
      writer.beginObject()
      for member in value.members where !(isRoot && ["$id", "$schema"].contains(member.name)) {
        writer.name(member.name)
        if member.name == "$ref", let reference = member.value.string {
          let (file, pointer) = try target(of: reference, in: path)
          writer.string(place(of: file) + pointer)
        } else {
          try write(member.value, of: path, into: &writer)
        }
      }
      writer.endObject()
    case .array:
      writer.beginArray()
      for element in value.elements { try write(element, of: path, into: &writer) }
      writer.endArray()
    default: writer.value(value)
    }
  }
}
