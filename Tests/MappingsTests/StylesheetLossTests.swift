import DocumentKit
import GatewayTesting
import Testing
import Translation
import Workbench
import XMLKit

@Suite("Loss and explanation of the shipped stylesheets")
struct StylesheetLossTests {
  static let stylesheets: [String] = Shelf.labels.filter { !Shelf.tables.contains($0) }

  private let workbench: Workbench
  init() throws { workbench = try Shelf.shared().workbench }

  private func documents(_ mapping: Mapping) throws -> [SourceDocument] {
    try workbench.examples(of: mapping, .example).map { try workbench.document(of: $0, for: mapping) }
  }

  @Test("there is a stylesheet, and no other mapping is left out of these tests and those of tables")
  func forms() {
    #expect(Self.stylesheets == ["canonical--edxml.document/1"])
    #expect(Set(Self.stylesheets + Shelf.tables) == Set(Shelf.labels))
  }

  @Test(
    "nothing is lost but what the stylesheet says may be, or a time of day; what may be lost does not arrive",
    arguments: stylesheets)
  func accounts(label: String) throws {
    let mapping = try workbench.mapping(label)
    let stylesheet = try #require(mapping.stylesheet)
    #expect(!stylesheet.ignored.isEmpty)
    for document in try documents(mapping) {
      let report = try workbench.loss(mapping, document)
      #expect(report.outcome == "translated" && report.method == .trying)
      #expect(Set(report.leaves.map(\.path)).count == report.leaves.count)
      let unexplained = report.unexplained.filter { $0.fate.name != "precision-lost" }
      #expect(unexplained.map { "\($0.path): \($0.fate.name)" } == [], "\(document.name)")
      for entry in stylesheet.ignored {
        for node in entry.nodes(in: document.tree) where !node.text.isEmpty && node.elements.isEmpty {
          let fate = report.leaves.first { $0.path == document.tree.path(of: node) }?.fate
          #expect(fate != .arrived, "\(entry.position): \(node.path) arrives")
        }
      }
    }
  }

  @Test(
    "every text of an output is told with its instruction, and what came out unconverted can be seen in it",
    arguments: stylesheets)
  func explains(label: String) throws {
    let mapping = try workbench.mapping(label)
    for document in try documents(mapping) {
      let explanation = try #require(try workbench.explain(mapping, document).explanation)
      #expect(explanation.records.contains { !$0.sources.isEmpty })
      for record in explanation.records {
        #expect(record.row.line > 1 && record.row.file.hasSuffix("transform.xsl"), "\(record.path)")
        #expect(record.templates.last?.title == "template match=\"/dossier\"", "\(record.path)")
        guard let value = record.value, record.steps.isEmpty else { continue }
        for source in record.sources {
          let seen = source.text.filter { !$0.isWhitespace }
          #expect(value.filter { !$0.isWhitespace }.contains(seen), "\(record.path) of \(source.path)")
        }
      }
    }
  }

  @Test(
    "without one select of the stylesheet, exactly the paths that it brings are newly lost",
    arguments: [
      ("$party/email", ["sender/email", "recipient/email"]), ("officialDocument/place", ["officialDocument/place"]),
      ("approval/position", ["approval/position"]),
      ("lt:time(string(appointedAt), 'iso', 'yyyy/MM/dd')", ["appointedAt"]),
    ])
  func dropped(select: String, paths: [String]) throws {
    let mapping = try workbench.mapping("canonical--edxml.document")
    let folder = PackageFolder.root["Mappings/\(mapping.label)"]
    let text = String(decoding: try folder.read("transform.xsl"), as: UTF8.self)
    try #require(text.contains("select=\"\(select)\""))
    let copy = TemporaryFolder()
    let path = copy.file("transform.xsl", text.replacing("select=\"\(select)\"", with: "select=\"''\""))
    let poorer = Mapping(try StylesheetMapping(contentsOf: path, codes: workbench.registry.codes))
    var newlyLost: Set<String> = []
    for document in try documents(mapping) {
      let before = try workbench.loss(mapping, document).leaves.filter(\.fate.isInOutput)
      let after = Set(try workbench.loss(poorer, document).leaves.filter(\.fate.isInOutput).map(\.path))
      newlyLost.formUnion(before.filter { !after.contains($0.path) }.map(\.pattern))
    }
    #expect(newlyLost.isSubset(of: paths) && !newlyLost.isEmpty, "\(newlyLost)")
  }
}
