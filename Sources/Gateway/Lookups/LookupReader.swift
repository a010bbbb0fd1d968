import DocumentKit
import DossierModel
import JSONKit
import Translation
import Validation
import XMLKit

/// Reads a partner's answer to a lookup into the canonical document.
struct LookupReader: Sendable {
  let types: [String: MessageType]
  let schemas: SchemaRegistry
  let mappings: [String: Mapping]

  /// The canonical document as XML; nil for an answer that its schema or its mapping does not let pass.
  func read(_ name: String, _ answer: [UInt8]) -> [UInt8]? {
    guard let type = types[name], let mapping = mappings[type.name] else { return nil }
    var json: JSONValue?
    if type.format == .json {
      json = try? JSONDocument(parsing: answer).root
      if json == nil { return nil }
    }
    guard let tree = try? DocumentTree(parsing: answer, as: type.format),
      schemas.findings(tree, at: tree.root, json: json, against: type.schema).isEmpty,
      case .translated(let canonical, _, _)? = try? mapping.translate(tree, notes: 0)
    else { return nil }
    return try? canonical.serialised()
  }
}
