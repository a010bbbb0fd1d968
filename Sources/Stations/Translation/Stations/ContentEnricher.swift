package import DocumentKit
package import DossierModel
import XMLKit

/// Completes a message that tells only part of a dossier with what an earlier message told (EIP: Content Enricher).
///
/// An agency's tongue often knows the state and the result, and not the channel or the field that the portal asks for.
/// What the message itself says always wins; only what it is silent about is taken from the earlier document, and nothing
/// is made up. Members of lists are the same thing when their `id` is: a file that the agency names again keeps the
/// address its sender gave, and one that it does not name is not lost. Without an earlier document the message goes on
/// as it is.
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
    write(own.root, completedBy: earlier.root, to: &builder)
    guard let tree = try? DocumentTree(xml: builder.finish()) else {
      preconditionFailure("a tree with a root has a root")
    }
    return tree
  }

  /// Writes an element with everything it tells, and with what only the earlier one tells.
  private static func write(_ own: XMLNode, completedBy earlier: XMLNode, to builder: inout XMLTreeBuilder) {
    builder.open(own.localName)
    var told: Set<String> = []
    for child in own.elements {
      told.insert(child.localName)
      if hasElements(child), let counterpart = counterpart(of: child, in: earlier, beside: own) {
        write(child, completedBy: counterpart, to: &builder)
      } else {
        copy(child, to: &builder)
      }
    }
    for child in earlier.elements where !told.contains(child.localName) || isUntold(child, by: own) {
      copy(child, to: &builder)
    }
    builder.close()
  }

  /// The earlier element that tells of the same thing: of the same name and `id`, or the only one of its name on both
  /// sides.
  private static func counterpart(of child: XMLNode, in earlier: XMLNode, beside own: XMLNode) -> XMLNode? {
    let candidates = earlier.elements.filter { $0.isNamed(child.localName) }
    if let id = identity(of: child) { return candidates.first { identity(of: $0) == id } }
    let isAlone = own.elements.filter { $0.isNamed(child.localName) }.count == 1
    return isAlone && candidates.count == 1 && identity(of: candidates[0]) == nil ? candidates[0] : nil
  }

  /// Whether an earlier member of a list has an `id` that no member of the own list has.
  private static func isUntold(_ child: XMLNode, by own: XMLNode) -> Bool {
    guard let id = identity(of: child) else { return false }
    return !own.elements.contains { $0.isNamed(child.localName) && identity(of: $0) == id }
  }

  private static func identity(of element: XMLNode) -> String? { element.firstElement(named: "id")?.text }
  private static func hasElements(_ element: XMLNode) -> Bool { element.elements.contains { _ in true } }

  private static func copy(_ element: XMLNode, to builder: inout XMLTreeBuilder) {
    builder.open(element.localName)
    if !hasElements(element) {
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
