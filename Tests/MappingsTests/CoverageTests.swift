import DocumentKit
import Testing
import Translation
import Workbench

@Suite("Coverage of the shipped mappings by their examples")
struct CoverageTests {
  /// Rows or templates, both sides of every condition, lists of none, one and several, and code rows, in percent.
  static let threshold = 80.0
  /// Mappings that their examples cover less, each to what it has: most are short tables with long lists of codes, of which
  /// an example shows one. A line goes when the mapping passes the threshold.
  static let lower: [String: Double] = [
    "btxh.dong-bo-dvc--canonical": 76, "btxh.xu-ly-ho-so--canonical": 60, "canonical--btxh.dong-bo-dvc": 79,
    "canonical--btxh.xu-ly-ho-so": 63, "canonical--dvcqg-a.tien-do": 57, "canonical--dvcqg-b.ho-so": 55,
    "canonical--dvcqg-b.tien-trinh": 63,
    "canonical--dvcqg-b.trang-thai": 72, "canonical--lltp.trang-thai": 77, "canonical--oc-lgsp.document-traces": 71,
    "dvcqg-a.tien-do--canonical": 55, "dvcqg-b.tien-trinh--canonical": 68, "dvcqg-b.trang-thai--canonical": 71,
    "lltp.ket-qua--canonical": 78, "oc-lgsp.document-traces--canonical": 60, "oc-lgsp.sync-document--canonical": 79,
    "vbdlis.luan-chuyen--canonical": 67,
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
