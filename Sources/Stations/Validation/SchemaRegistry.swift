package import DocumentKit
package import JSONKit
package import XMLKit

/// The compiled schemas of the site, by their path below `Schemas/`; shared by all threads.
package final class SchemaRegistry: Sendable {
  package enum Schema: Sendable {
    case json(JSONSchema)
    case xml(XMLSchema)
  }

  private let schemas: [String: Schema]

  package init(_ schemas: [String: Schema]) { self.schemas = schemas }

  package subscript(_ path: String) -> Schema? { schemas[path] }

  /// What is wrong with a message against its schema; empty when nothing is.
  ///
  /// `json` is the message as JSON; it is required where the schema is a JSON Schema. An unknown schema is a defect of
  /// the site that `check` finds before the start, so it traps.
  package func findings(
    _ tree: DocumentTree, at root: XMLNode, json: JSONValue?, against path: String
  ) -> [Finding] {
    guard let schema = schemas[path] else { preconditionFailure("the schema '\(path)' was not loaded with the site") }
    switch schema {
    case .json(let schema):
      guard let json else { preconditionFailure("a JSON Schema checks JSON; '\(path)' was given XML") }
      return schema.validate(json).map { Finding($0, of: json) }
    case .xml(let schema):
      return schema.validate(tree.document).map { Finding($0) }
    }
  }

  /// What is wrong with a document inside a string against its own schema, told by the paths outside and inside.
  package func findings(_ nested: NestedDocument) -> [Finding] {
    var json: JSONValue?
    if nested.tree.format == .json {
      guard let bytes = try? nested.tree.json(), let document = try? JSONDocument(parsing: bytes) else {
        preconditionFailure("a document that was read or written as JSON is JSON")
      }
      json = document.root
    }
    return findings(nested.tree, at: nested.tree.root, json: json, against: nested.schema).map(nested.finding)
  }
}
