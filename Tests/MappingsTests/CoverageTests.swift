import DocumentKit
import Testing
import Translation
import Workbench

@Suite("Coverage of the shipped mappings by their examples")
struct CoverageTests {
  /// Rows, both sides of every condition, lists of none, one and several, and code rows, in percent.
  static let threshold = 50.0

  @Test("every row of a mapping writes something in one of its examples", arguments: Shelf.tables)
  func rows(label: String) throws {
    let shelf = try Shelf.shared()
    let report = try shelf.workbench.coverage(of: try shelf.mapping(label))
    #expect(report.untranslated == [])
    #expect(!report.items(.rows).isEmpty)
    #expect(report.items(.rows).filter { !$0.isCovered }.map { "\($0.position?.description ?? "") \($0.title)" } == [])
  }

  @Test("a mapping is covered to the threshold", arguments: Shelf.tables)
  func threshold(label: String) throws {
    let shelf = try Shelf.shared()
    let report = try shelf.workbench.coverage(of: try shelf.mapping(label))
    let open = report.items.filter { !$0.isCovered }.map(\.title).joined(separator: "\n")
    #expect(report.percentage >= Self.threshold, "\(report.percentage) %; not covered:\n\(open)")
  }
}
