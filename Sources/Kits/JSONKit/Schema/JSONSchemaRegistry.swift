/// The schemas that references may lead to, each under the URI it is found at; there is no other source and no network.
///
/// The meta-schemas of draft-07 and 2020-12 are always in it.
package struct JSONSchemaRegistry: Sendable {
  private var documents: [String: JSONDocument]

  /// The registry with nothing but the meta-schemas.
  package static let standard: JSONSchemaRegistry = {
    var registry = JSONSchemaRegistry(documents: [:])
    for (uri, text) in JSONSchemaMetaschemas.texts {
      guard let document = try? JSONDocument(parsing: text) else { preconditionFailure("\(uri) is built in broken") }
      registry.add(document, at: uri)
    }
    return registry
  }()

  /// Adds or replaces the schema at a URI; a fragment of the URI is ignored.
  package mutating func add(_ document: JSONDocument, at uri: String) {
    documents[URIReference(uri).withoutFragment] = document
  }

  /// The schema at a URI without fragment.
  func document(at uri: String) -> JSONDocument? { documents[uri] }

  private init(documents: [String: JSONDocument]) { self.documents = documents }
}
