import DocumentKit
import JSONKit

/// A schema by which editors complete files of this project, beside the reader of those files, which has the last word.
///
/// Both must know the same keys: a test misspells every key of every example, which both must refuse.
package struct EditorSchema {
  let document: JSONDocument
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
    let example = try EditorExample(example)
    return example.keyPaths.map { path in
      Misspelling(
        path: "/" + path.joined(separator: "/"), bytes: example.with(path, .named((path.last ?? "") + "x")))
    }
  }
}
