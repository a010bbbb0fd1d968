package import DocumentKit
package import DossierModel
import XMLKit

/// Completes a message that tells only part of a dossier with what an earlier message told (EIP: Content Enricher).
///
/// An agency's tongue often knows the state and the result, and not the channel or the field that the portal asks for.
/// What the message itself says always wins, element by element below the root; only what it is silent about is taken from
/// the earlier document, and nothing is made up. Without an earlier document the message goes on as it is.
package struct ContentEnricher: Station {
  private let known: @Sendable (DossierCode) -> DocumentTree?

  /// `known`: the canonical document of the latest complete message about a dossier.
  package init(known: @escaping @Sendable (DossierCode) -> DocumentTree?) { self.known = known }

  package func process(_ passage: inout Passage) throws(Refusal) {
    guard passage.type.isPartial, let own = passage.canonical, let fields = passage.fields,
      let earlier = known(fields.code)
    else { return }
    let enriched = Self.merge(own, over: earlier)
    passage.canonical = enriched
    if passage.fields?.procedure == nil {
      passage.fields?.procedure = enriched.root.firstElement(named: "procedure")?.firstElement(named: "code")?.text
    }
  }

  private static func merge(_ own: DocumentTree, over earlier: DocumentTree) -> DocumentTree {
    var builder = XMLTreeBuilder()
    let told = Set(own.root.elements.map(\.localName))
    builder.open(own.root.localName)
    for element in own.root.elements { copy(element, to: &builder) }
    for element in earlier.root.elements where !told.contains(element.localName) { copy(element, to: &builder) }
    builder.close()
    guard let tree = try? DocumentTree(xml: builder.finish()) else {
      preconditionFailure("a tree with a root has a root")
    }
    return tree
  }

  private static func copy(_ element: XMLNode, to builder: inout XMLTreeBuilder) {
    builder.open(element.localName)
    if element.elements.first(where: { _ in true }) == nil {
      do {
        try builder.text(element.text)
      } catch {
        preconditionFailure("a text that was read from a tree can be written to one")
      }
    }
    for child in element.elements { copy(child, to: &builder) }
    builder.close()
  }
}
