import Dictionaries
import DocumentKit
import DossierModel
import JSONKit
import ServiceKit
import Translation
import Validation
import XMLKit

/// Reads a partner's answer to a lookup into the canonical document.
struct LookupReader: Sendable {
  let types: [String: MessageType]
  let schemas: SchemaRegistry
  let mappings: [String: Mapping]
  let dictionaries: DictionaryShelf

  /// The canonical document as XML; nil for an answer that its schema or its mapping does not let pass.
  ///
  /// - Parameter now: the day by which codes are looked up.
  func read(_ name: String, _ answer: [UInt8], at now: Timestamp) -> [UInt8]? {
    guard let type = types[name], let mapping = mappings[type.name] else { return nil }
    var json: JSONValue?
    if type.format == .json {
      json = try? JSONDocument(parsing: answer).root
      if json == nil { return nil }
    }
    guard let tree = try? DocumentTree(parsing: answer, as: type.format),
      schemas.findings(tree, at: tree.root, json: json, against: type.schema).isEmpty,
      case .translated(let canonical, _, _)? = try? mapping.translate(
        tree, dictionaries: DictionaryView(dictionaries, at: now), notes: 0)
    else { return nil }
    return try? canonical.serialised()
  }
}
