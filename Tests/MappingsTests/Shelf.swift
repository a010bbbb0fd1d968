import DocumentKit
import JSONKit
import Synchronization
import Testing
import Translation
import XMLKit

/// The shipped mappings and the schemas of both their ends, loaded once as a gateway would and used by all tests.
final class Shelf: Sendable {
  private enum Schema: Sendable {
    case json(JSONSchema)
    case xml(XMLSchema)
  }

  let registry: MappingRegistry
  private let schemas = Mutex<[String: Schema]>([:])

  private static let loaded = Result { try Shelf() }

  /// The one shelf; throws in every test what is wrong with the folder.
  static func shared() throws -> Shelf { try loaded.get() }

  private init() throws {
    registry = try MappingRegistry(contentsOf: PackageFolder.root["Mappings"].path)
  }

  func mapping(_ name: String) throws -> Mapping {
    try #require(registry.latest(named: name), "there is no mapping \(name)")
  }

  /// What a schema below `Schemas/` finds wrong with a document: rules and places.
  func findings(_ path: String, _ bytes: [UInt8]) throws -> [String] {
    let schema = try schemas.withLock { schemas in
      if let known = schemas[path] { return known }
      let compiled = try Self.compile(path)
      schemas[path] = compiled
      return compiled
    }
    switch schema {
    case .json(let schema):
      return schema.validate(try JSONDocument(parsing: bytes).root).map { "\($0.keyword) \($0.instanceLocation)" }
    case .xml(let schema):
      return schema.validate(try XMLDocument(parsing: bytes)).map { "\($0.rule) \($0.path)" }
    }
  }

  private static func compile(_ path: String) throws -> Schema {
    let parts = path.split(separator: "/").map(String.init)
    let folder = parts.dropLast().reduce(PackageFolder.root["Schemas"]) { $0[$1] }
    let file = try #require(parts.last)
    guard file.hasSuffix(".json") else { return .xml(try XMLSchema(contentsOf: folder.path + "/" + file)) }
    var registry = JSONSchemaRegistry.standard
    var main: JSONDocument?
    for name in folder.names where name.hasSuffix(".schema.json") {
      let document = try JSONDocument(parsing: try folder.read(name))
      registry.add(document, at: try #require(document.root["$id"]?.string, "\(name) has no $id"))
      if name == file { main = document }
    }
    return .json(try JSONSchema(try #require(main, "there is no schema \(path)"), registry: registry))
  }
}
