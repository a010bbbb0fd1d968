import DocumentKit
import DossierModel
import Translation

/// Reads messages of the ledger as canonical documents, with the mappings and the site's enrichments as they are now.
struct CanonicalReader: Sendable {
  private let formats: [String: DocumentTree.Format]
  private let mappings: [String: Mapping]
  private let enrichments: Enrichments
  private let files: SiteFiles

  init(types: [MessageType], mappings: [String: Mapping], enrichments: Enrichments, files: SiteFiles) {
    formats = Dictionary(types.map { ($0.name, $0.format) }, uniquingKeysWith: { first, _ in first })
    self.mappings = mappings
    self.enrichments = enrichments
    self.files = files
  }

  /// Nil for bytes that its type's mapping does not translate.
  func document(_ body: [UInt8], of type: String, from sender: PartyID) -> DocumentTree? {
    guard let mapping = mappings[type], let format = formats[type],
      let tree = try? DocumentTree(parsing: body, as: format, xml: .recorded),
      case .translated(let canonical, _, _)? = try? mapping.translate(
        tree, files: files.desk(sender: sender, recipient: nil))
    else { return nil }
    return enrichments.completed(canonical, from: sender) ?? canonical
  }
}
