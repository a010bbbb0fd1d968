import DocumentKit
import DossierModel
import Translation
import XMLKit

extension SitePlan {
  /// What a canonical document may hold; nil where the catalogue has no such schema, a problem only to who adds to dossiers.
  static func canonicalShape(of site: Site, problems: inout [String]) -> SchemaShape? {
    do throws(SchemaShapeError) {
      return try SchemaShape(contentsOf: site.catalogue + "/Schemas/canonical/1/canonical.xsd")
    } catch {
      if !site.enrichments.isEmpty || !site.procedures.isEmpty {
        problems.append("enrichments and procedures need the canonical schema: \(error)")
      }
      return nil
    }
  }

  /// What the site adds to dossiers, held to the canonical schema: a path that it does not have would add nothing that
  /// anybody reads.
  static func enrichments(
    of site: Site, in shape: SchemaShape, _ order: ElementOrder, problems: inout [String]
  ) -> Enrichments {
    let parties = Set(site.parties.map(\.party.id))
    var enrichments: [Enrichment] = []
    for entry in site.enrichments {
      for sender in (entry.senders ?? []).subtracting(parties).sorted() {
        problems.append("\(entry.position): there is no party ‘\(sender)’ (add its file, or leave it out of ‘from’)")
      }
      problems += entry.additions.compactMap { complaint(about: $0, in: shape) }.map { "\(entry.position): \($0)" }
      do throws(XMLError) {
        enrichments.append(
          Enrichment(
            senders: entry.senders,
            condition: try entry.condition.map { text throws(XMLError) in
              try XPathExpression(text)
            }, additions: entry.additions))
      } catch {
        problems.append("\(entry.position): the condition cannot be used: \(error.message)")
      }
    }
    return Enrichments(enrichments, order: order)
  }

  private static func complaint(about addition: Enrichment.Addition, in shape: SchemaShape) -> String? {
    let path = addition.path.joined(separator: "/")
    guard let root = shape.root(named: "dossier") else { preconditionFailure("the canonical schema has dossiers") }
    switch shape.find(addition.path, from: root) {
    case .found(let match):
      guard let value = match.value else { return "‘\(path)’ holds elements and no text (name the element in it)" }
      guard value.enumeration?.contains(addition.text) ?? true else {
        return "‘\(addition.text)’ is not allowed at ‘\(path)’ (\(value.enumeration?.joined(separator: ", ") ?? ""))"
      }
      let firstBad = Array(addition.text.utf8).withUnsafeBufferPointer(XMLCharacters.firstNotAllowed)
      return firstBad == nil ? nil : "‘\(path)’ has a character that XML does not allow"
    case .unknown(_, _, let nearest), .wildcard(_, let nearest):
      return "the canonical dossier has no ‘\(path)’" + (nearest.map { " (did you mean \($0)?)" } ?? "")
    }
  }
}
