package import DocumentKit
package import DossierModel
import XMLKit

/// Everything a site adds to dossiers, in the order in which it is added: the first to tell something is the one that counts.
package struct Enrichments: Sendable {
  private let enrichments: [Enrichment]
  private let merge: DocumentMerge

  package static let none = Enrichments([], order: .unknown)

  /// - Parameter order: of the canonical schema.
  package init(_ enrichments: [Enrichment], order: ElementOrder) {
    self.enrichments = enrichments
    merge = DocumentMerge(order: order)
  }

  /// The dossier with what the site knows and it does not tell; nil where nothing is for it, or it is no dossier.
  package func completed(_ canonical: DocumentTree, from sender: PartyID) -> DocumentTree? {
    guard canonical.root.isNamed("dossier") else { return nil }
    var completed: DocumentTree?
    for enrichment in enrichments where enrichment.applies(to: canonical.root, from: sender) {
      let document = enrichment.document(in: merge.order)
      guard let root = document.root else { preconditionFailure("an enrichment is a document") }
      completed = merge.merge(completed ?? canonical, over: root)
    }
    return completed
  }
}
