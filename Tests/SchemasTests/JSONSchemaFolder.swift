import JSONKit
import Testing

/// The JSON schemas of a folder, each compiled with the others to refer to.
struct JSONSchemaFolder: Sendable {
  private let schemas: [String: JSONSchema]
  /// The `$id` of each schema, by file name without `.schema.json`.
  let identifiers: [String: String]

  private static let suffix = ".schema.json"

  /// The folders below `Schemas/`, as `<partner>/<version>`, that hold schemas in JSON.
  static let all = PackageFolder.schemas { $0.hasSuffix(suffix) }

  /// Compiled once; every test throws what is wrong with a schema.
  private static let loaded = Dictionary(
    uniqueKeysWithValues: all.map { name in (name, Result { try JSONSchemaFolder(name) }) })

  static func named(_ name: String) throws -> JSONSchemaFolder {
    try #require(loaded[name], "there is no folder \(name) with schemas").get()
  }

  /// A keyword that the draft does not know is an error.
  private init(_ name: String) throws {
    let folder = PackageFolder.root["Schemas"][name]
    var documents: [String: JSONDocument] = [:]
    var identifiers: [String: String] = [:]
    var registry = JSONSchemaRegistry.standard
    for file in folder.names where file.hasSuffix(Self.suffix) {
      let document = try JSONDocument(parsing: try folder.read(file))
      let identifier = try #require(document.root["$id"]?.string, "\(file) has no $id")
      registry.add(document, at: identifier)
      let name = String(file.dropLast(Self.suffix.count))
      documents[name] = document
      identifiers[name] = identifier
    }
    let complete = registry
    schemas = try documents.mapValues { document in
      try JSONSchema(document, registry: complete, options: JSONSchemaOptions(isStrict: true))
    }
    self.identifiers = identifiers
  }

  func schema(_ name: String) throws -> JSONSchema {
    try #require(schemas[name], "there is no schema \(name)")
  }
}
