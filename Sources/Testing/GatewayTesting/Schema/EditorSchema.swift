import DocumentKit
import JSONKit

/// A schema by which editors complete files of this project, beside the reader of those files, which has the last word.
///
/// Both must know the same keys: a test misspells every key of every example, which both must refuse.
package struct EditorSchema {
  private let document: JSONDocument
  private let schema: JSONSchema

  package init(_ path: String) throws {
    document = try JSONDocument(parsing: TestFiles.read(path))
    schema = try JSONSchema(document, options: JSONSchemaOptions(isStrict: true))
  }

  package func accepts(_ bytes: [UInt8]) throws -> Bool { schema.accepts(try JSONDocument(parsing: bytes).root) }

  /// Whether a YAML file is valid in it.
  package func accepts(yaml path: String) throws -> Bool {
    let document = try YAMLDocument(contentsOf: path)
    var writer = JSONWriter()
    document.root.write(to: &writer)
    return try accepts(writer.finish())
  }

  /// Every key that it knows.
  package var keys: Set<String> {
    var keys: Set<String> = []
    func collect(_ value: JSONValue) {
      if value.kind == .array { return value.elements.forEach(collect) }
      guard value.kind == .object else { return }
      for member in value.members {
        if member.name == "properties" { keys.formUnion(member.value.members.map { String($0.name) }) }
        collect(member.value)
      }
    }
    collect(document.root)
    return keys
  }

  /// An example with one of its keys misspelt.
  package struct Misspelling {
    /// Where the key stands.
    package let path: String
    package let bytes: [UInt8]
  }

  /// The example as often as it has keys, each time with another one misspelt.
  package static func misspellings(of example: [UInt8]) throws -> [Misspelling] {
    let root = try JSONDocument(parsing: example).root
    return (0..<keys(in: root)).map { number in
      var (left, path, writer) = (number, "", JSONWriter())
      write(root, to: &writer, misspelling: &left, at: "", found: &path)
      return Misspelling(path: path, bytes: writer.finish())
    }
  }

  private static func keys(in value: JSONValue) -> Int {
    switch value.kind {
    case .object: value.members.reduce(0) { $0 + 1 + keys(in: $1.value) }
    case .array: value.elements.reduce(0) { $0 + keys(in: $1) }
    default: 0
    }
  }

  /// Writes the value with the key of number `left` misspelt.
  private static func write(
    _ value: JSONValue, to writer: inout JSONWriter, misspelling left: inout Int, at path: String, found: inout String
  ) {
    switch value.kind {
    case .object:
      writer.beginObject()
      for member in value.members {
        if left == 0 { found = path + "/\(member.name)" }
        writer.name(left == 0 ? "\(member.name)x" : String(member.name))
        left -= 1
        write(member.value, to: &writer, misspelling: &left, at: path + "/\(member.name)", found: &found)
      }
      writer.endObject()
    case .array:
      writer.beginArray()
      for element in value.elements { write(element, to: &writer, misspelling: &left, at: path + "/-", found: &found) }
      writer.endArray()
    default: writer.value(value)
    }
  }
}
