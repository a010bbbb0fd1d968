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
          (entry.condition ?? entry.position, "the route ‘\(entry.route.name)’", entry.route.message, $0)
        }
      }
      + site.enrichments.compactMap { entry in
        entry.condition.map { (entry.position, "this enrichment", MessageKind.dossier, $0) }
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
          let remedy = finding.nearest.map { "did you mean ‘\($0)’?" } ?? "known there: \(known), …"
          return SiteFinding(
            .error, .condition, at: position,
            "‘when’ of \(what) asks for ‘\(finding.path)’, which no canonical \(kind.rawValue) has", remedy: remedy)
        }
      }
    } catch {
      return [
        SiteFinding(
          .error, .condition, at: YAMLPosition(file: path, line: 1, column: 1),
          "conditions cannot be checked without the canonical schema: \(error)", remedy: "look at the catalogue")
      ]
    }
  }
}
