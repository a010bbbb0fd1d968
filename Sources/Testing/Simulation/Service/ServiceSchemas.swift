import DocumentKit
import JSONKit
import Validation
import XMLKit

/// The schemas a simulated service holds its callers to, by their paths below `Schemas/`.
struct ServiceSchemas: Sendable {
  private let json: [String: JSONSchema]
  private let xml: [String: XMLSchema]

  /// Compiles what operations and lookups name; the error says which cannot be used.
  init(of description: ServiceDescription, folder: String) throws {
    var json: [String: JSONSchema] = [:]
    var xml: [String: XMLSchema] = [:]
    let paths = Set(
      description.operations.flatMap { [$0.schema, $0.documentSchema].compactMap { $0 } }
        + description.lookups.compactMap(\.schema))
    let catalogue =
      paths.contains { $0.hasSuffix(".xsd") } ? try SchemaNamespaces(contentsOf: folder).catalogue : .empty
    for path in paths {
      if path.hasSuffix(".xsd") {
        xml[path] = try XMLSchema(contentsOf: folder + "/" + path, catalogue: catalogue)
      } else {
        json[path] = try JSONSchemaFile.compile(folder + "/" + path)
      }
    }
    self.json = json
    self.xml = xml
  }

  /// What is wrong, without the value that is; nil when nothing is.
  func complaint(about content: ServiceContent, against path: String?) -> String? {
    guard let path else { return nil }
    if let schema = json[path] {
      guard let value = content.json else { return "Dữ liệu không phải là JSON" }
      return schema.validate(value).first.map { "\($0.instanceLocation): \($0.messageVietnamese)" }
    }
    guard let schema = xml[path] else { preconditionFailure("every schema of an operation was compiled") }
    guard let tree = content.tree, content.json == nil else { return "Dữ liệu không phải là XML" }
    return schema.validate(tree.document, at: content.root).first.map { "\($0.path): \($0.messageVietnamese)" }
  }
}
