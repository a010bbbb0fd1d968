import DocumentKit
import DossierModel
import Translation
import XMLKit

extension SitePlan {
  /// What a canonical document may hold; nil where the catalogue has no such schema, a problem only to who adds to dossiers.
  static func canonicalShape(of site: Site, problems: inout [SiteFinding]) -> SchemaShape? {
    do throws(SchemaShapeError) {
      return try SchemaShape(contentsOf: site.catalogue + "/Schemas/canonical/1/canonical.xsd")
    } catch {
      if !site.enrichments.isEmpty || !site.procedures.isEmpty {
        problems.append(
          SiteFinding(
            .schema, at: nil,
            Sentence(
              "enrichments and procedures need the canonical schema: \(error)",
              "phần bổ sung và quy trình cần lược đồ chuẩn: \(error)")))
      }
      return nil
    }
  }

  /// What the site adds to dossiers, held to the canonical schema: a path that it does not have would add nothing that
  /// anybody reads.
  static func enrichments(
    of site: Site, in shape: SchemaShape, _ order: ElementOrder, problems: inout [SiteFinding]
  ) -> Enrichments {
    let parties = Set(site.parties.map(\.party.id))
    var enrichments: [Enrichment] = []
    for entry in site.enrichments {
      for sender in (entry.senders ?? []).subtracting(parties).sorted() {
        problems.append(
          SiteFinding(
            .name, at: entry.position, Sentence("there is no party ‘\(sender)’", "không có bên ‘\(sender)’"),
            remedy: Sentence(
              "add its file, or leave it out of ‘from’", "hãy thêm tệp của bên đó, hoặc bỏ khỏi ‘from’")))
      }
      problems += entry.additions.compactMap { complaint(about: $0, in: shape) }.map { message, remedy in
        SiteFinding(.misfit, at: entry.position, message, remedy: remedy)
      }
      do throws(XMLError) {
        enrichments.append(
          Enrichment(
            senders: entry.senders,
            condition: try entry.condition.map { text throws(XMLError) in
              try XPathExpression(text)
            }, additions: entry.additions))
      } catch {
        problems.append(
          SiteFinding(
            .expression, at: entry.position,
            Sentence(
              "the condition cannot be used: \(error.message)", "không dùng được điều kiện: \(error.message)")))
      }
    }
    return Enrichments(enrichments, order: order)
  }

  private static func complaint(about addition: Enrichment.Addition, in shape: SchemaShape) -> (Sentence, Sentence)? {
    let path = addition.path.joined(separator: "/")
    guard let root = shape.root(named: "dossier") else { preconditionFailure("the canonical schema has dossiers") }
    switch shape.find(addition.path, from: root) {
    case .found(let match):
      guard let value = match.value else {
        return (
          Sentence("‘\(path)’ holds elements and no text", "‘\(path)’ chứa phần tử, không chứa văn bản"),
          Sentence("name the element in it", "hãy nêu phần tử bên trong nó")
        )
      }
      guard value.enumeration?.contains(addition.text) ?? true else {
        return (
          Sentence("‘\(addition.text)’ is not allowed at ‘\(path)’", "‘\(addition.text)’ không được phép ở ‘\(path)’"),
          Sentence(same: value.enumeration?.joined(separator: ", ") ?? "")
        )
      }
      let firstBad = Array(addition.text.utf8).withUnsafeBufferPointer(XMLCharacters.firstNotAllowed)
      return firstBad == nil
        ? nil
        : (
          Sentence("‘\(path)’ has a character that XML does not allow", "‘\(path)’ có ký tự mà XML không cho phép"),
          .none
        )
    case .unknown(_, _, let nearest), .wildcard(_, let nearest):
      return (
        Sentence("the canonical dossier has no ‘\(path)’", "hồ sơ chuẩn không có ‘\(path)’"),
        nearest.map { Sentence("did you mean \($0)?", "có phải ý là \($0)?") } ?? .none
      )
    }
  }
}
