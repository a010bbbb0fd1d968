package import DocumentKit
package import DossierModel
import XMLKit

/// Completes a message that tells only part of a dossier with what an earlier message told, and a whole one with what the
/// site knows (EIP: Content Enricher).
///
/// An agency's tongue often knows the state and the result, and not the channel or the field that the portal asks for.
/// What the message itself says always wins (`DocumentMerge`), and nothing is made up. Without an earlier document the
/// message goes on as it is.
package struct ContentEnricher: Station {
  private let known: @Sendable (DossierCode) -> DocumentTree?
  private let merge: DocumentMerge
  private let enrichments: Enrichments

  /// - Parameters:
  ///   - order: of the canonical schema.
  ///   - enrichments: what the site adds to whole dossiers.
  ///   - known: the canonical document of the latest complete message about a dossier.
  package init(
    order: ElementOrder = .unknown, enrichments: Enrichments = .none,
    known: @escaping @Sendable (DossierCode) -> DocumentTree?
  ) {
    self.known = known
    merge = DocumentMerge(order: order)
    self.enrichments = enrichments
  }

  package func process(_ passage: inout Passage) throws(Refusal) {
    guard let own = passage.canonical, let fields = passage.fields else { return }
    guard passage.type.isPartial else {
      guard let enriched = enrichments.completed(own, from: passage.envelope.sender) else { return }
      // What the site adds changes nothing about what the sender's tongue can say.
      let ofTongue = passage.facts.marks.intersection(.noPlaceForResults)
      passage.facts = CaseFacts(canonical: enriched.root)
      passage.facts.marks.formUnion(ofTongue)
      passage.canonical = enriched
      return
    }
    guard let earlier = known(fields.code) else { return }
    let enriched = merge.merge(own, over: earlier.root)
    passage.canonical = enriched
    if passage.fields?.procedure == nil {
      passage.fields?.procedure = enriched.root.firstElement(named: "procedure")?.firstElement(named: "code")?.text
    }
  }
}
