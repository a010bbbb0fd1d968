import DocumentKit
import DossierModel
import Routing
import XMLKit

extension SitePlan {
  /// Names that are told of a place where none is nearly the one that was written.
  private static let namesTold = 8

  /// Conditions of routes and enrichments that ask for what no canonical document has. A gateway would start with them, and send
  /// what it should not or keep what it should send.
  func conditionFindings() -> [SiteFinding] {
    let conditions =
      site.routes.compactMap { entry in
        entry.route.when.map {
          (
            entry.condition ?? entry.position,
            Sentence("the route ‘\(entry.route.name)’", "tuyến ‘\(entry.route.name)’"), entry.route.message, $0
          )
        }
      }
      + site.enrichments.compactMap { entry in
        entry.condition.map {
          (entry.position, Sentence("this enrichment", "phần bổ sung này"), MessageKind.dossier, $0)
        }
      }
    guard !conditions.isEmpty else { return [] }
    let path = site.catalogue + "/Schemas/canonical/1/canonical.xsd"
    do throws(SchemaShapeError) {
      let shape = try SchemaShape(contentsOf: path)
      return conditions.flatMap { position, what, kind, condition in
        // A text that libxml2 takes and that is no XPath is not looked into.
        guard let root = shape.root(named: kind.rawValue), let syntax = try? XPathSyntax(condition) else {
          return [SiteFinding]()
        }
        return ConditionPaths(syntax.root, in: shape, root: root).findings.map { finding in
          let known = finding.known.prefix(Self.namesTold).joined(separator: ", ")
          let remedy =
            finding.nearest.map(Sentence.didYouMean) ?? Sentence("known there: \(known), …", "ở đó có: \(known), …")
          return SiteFinding(
            .condition, at: position,
            Sentence(
              "‘when’ of \(what) asks for ‘\(finding.path)’, which no canonical \(kind.rawValue) has",
              "‘when’ của \(what.vietnamese) hỏi ‘\(finding.path)’, mà không \(kind.rawValue) chuẩn nào có"),
            remedy: remedy)
        }
      }
    } catch {
      return [
        SiteFinding(
          .condition, at: YAMLPosition(file: path, line: 1, column: 1),
          Sentence(
            "conditions cannot be checked without the canonical schema: \(error)",
            "không kiểm tra được các điều kiện khi thiếu lược đồ chuẩn: \(error)"),
          remedy: Sentence("look at the catalogue", "hãy xem lại catalogue"))
      ]
    }
  }
}
