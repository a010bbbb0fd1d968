import DocumentKit
import Testing
import Translation
import Workbench

/// The shipped mappings and the schemas of both their ends, loaded once as the workbench does and used by all tests.
struct Shelf {
  let workbench: Workbench

  private static let loaded = Result {
    Shelf(
      workbench: try Workbench(
        schemas: PackageFolder.root["Schemas"].path, mappings: PackageFolder.root["Mappings"].path))
  }

  /// The one shelf; throws in every test what is wrong with the folder.
  static func shared() throws -> Shelf { try loaded.get() }

  var registry: MappingRegistry { workbench.registry }

  func mapping(_ name: String) throws -> Mapping { try workbench.mapping(name) }

  /// What a schema below `Schemas/` finds wrong with a document: rules and places.
  func findings(_ path: String, _ bytes: [UInt8]) throws -> [String] {
    let document = try SourceDocument(bytes, named: "the document")
    return try workbench.schemas.findings(document.tree, bytes, against: path).map { "\($0.rule) \($0.path)" }
  }

  /// Every mapping's folder, named as the mapping.
  static let mappings = PackageFolder.root["Mappings"].names.filter { $0.contains("--") }

  /// `name/version` of every mapping that is loaded; one stands for a folder that does not load.
  static let labels: [String] = (try? shared().registry.mappings.map(\.label)) ?? ["none"]

  /// The same without stylesheets, which have no rows to be asked about.
  static let tables: [String] = labels.filter { (try? shared().mapping($0))?.definition != nil || $0 == "none" }
}
