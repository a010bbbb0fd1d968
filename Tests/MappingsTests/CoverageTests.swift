import DocumentKit
import Testing
import Translation
import Workbench

@Suite("Coverage of the shipped mappings by their examples")
struct CoverageTests {
  /// Rows or templates, both sides of every condition, lists of none, one and several, and code rows, in percent.
  static let threshold = 80.0
  /// Mappings that their examples cover less, each to what it has and why. A line goes when the mapping passes the threshold.
  static let lower: [String: Double] = [
    // The 63 provinces of `agency-code`: a dossier has one unit, and `AgencyCodeTests` read the table row by row.
    "canonical--dvcqg-b.ho-so": 59
  ]

  @Test("every row of a mapping writes something in one of its examples", arguments: Shelf.tables)
  func rows(label: String) throws {
    let shelf = try Shelf.shared()
    let report = try shelf.workbench.coverage(of: try shelf.mapping(label))
    #expect(report.untranslated == [])
    #expect(!report.items(.rows).isEmpty)
    #expect(report.items(.rows).filter { !$0.isCovered }.map { "\($0.position?.description ?? "") \($0.title)" } == [])
  }

  @Test("a mapping is covered to the threshold, or to what it was", arguments: Shelf.labels)
  func threshold(label: String) throws {
    let shelf = try Shelf.shared()
    let mapping = try shelf.mapping(label)
    let report = try shelf.workbench.coverage(of: mapping)
    let open = report.items.filter { !$0.isCovered }.map(\.title).joined(separator: "\n")
    #expect(
      report.percentage >= Self.lower[mapping.name] ?? Self.threshold, "\(report.percentage) %; not covered:\n\(open)")
  }
}
