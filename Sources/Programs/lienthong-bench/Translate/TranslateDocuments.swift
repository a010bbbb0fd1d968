import DocumentKit
import JSONKit
import Translation
import XMLKit

/// The documents and rules that are measured, loaded once.
struct TranslateDocuments {
  /// Generation-A JSON, as a one-stop system sends it.
  let json: [UInt8]
  /// The same dossier in the canonical form.
  let canonical: [UInt8]
  let mappings: MappingRegistry

  static let inbound = "dvcqg-a.ho-so--canonical"
  static let outbound = "canonical--oc-lgsp.sync-document"
  static let sourceSchema = "Schemas/dvcqg-a/1/ho-so.schema.json"
  static let canonicalSchema = "Schemas/canonical/1/canonical.xsd"
  /// What `inbound` does, as a stylesheet.
  static let stylesheet = "Tests/Fixtures/bench/ho-so--canonical.xsl"

  init(document: String) throws {
    json = try BenchFile.read(document)
    mappings = try MappingRegistry(contentsOf: "Mappings")
    canonical = try Self.translate(DocumentTree(parsing: json, as: .json), by: Self.mapping(Self.inbound, mappings))
      .xml()
  }

  func mapping(_ name: String) throws -> Mapping { try Self.mapping(name, mappings) }

  /// Rows in the table, those of groups counted as well.
  static func rowCount(_ rows: [MappingRow]) -> Int {
    rows.reduce(0) { count, row in
      guard case .rows(let inner) = row.content else { return count + 1 }
      return count + 1 + rowCount(inner)
    }
  }

  /// The canonical dossier with its attachments repeated until it has about so many bytes.
  func canonical(ofBytes wanted: Int) throws -> [UInt8] {
    let text = String(decoding: canonical, as: UTF8.self)
    guard let start = text.firstRange(of: "<attachment>"), let end = text.firstRange(of: "</attachment>") else {
      throw BenchError("the canonical dossier has no attachment")
    }
    let attachment = text[start.lowerBound..<end.upperBound]
    let copies = max(0, (wanted - canonical.count) / attachment.utf8.count)
    return Array(
      (text[..<end.upperBound] + String(repeating: String(attachment), count: copies) + text[end.upperBound...]).utf8)
  }

  private static func mapping(_ name: String, _ mappings: MappingRegistry) throws -> Mapping {
    guard let mapping = mappings.latest(named: name) else { throw BenchError("there is no mapping \(name)") }
    return mapping
  }

  static func translate(_ tree: DocumentTree, by mapping: Mapping) throws -> DocumentTree {
    guard case .translated(let target, _, _) = try mapping.translate(tree) else {
      throw BenchError("\(mapping.label) does not translate the document")
    }
    return target
  }
}
