import DocumentKit
import Testing
import Workbench

@Suite("What did not arrive, and why")
struct LossTests {
  private func fates(_ document: String, rows: String = TestBench.rows) throws -> [String] {
    let workbench = try TestBench(rows: rows).open()
    return try workbench.loss(workbench.mapping("a--b"), TestBench.json(document)).leaves.map {
      "\($0.line):\($0.column) \($0.path) \($0.fate.name) \($0.fate.row.map { String($0.line) } ?? "-")"
    }
  }

  @Test("every leaf is told once, with its place, its fate and the row that is to blame")
  func fates() throws {
    let document = """
      {"Ma":" A1 ","TrangThai":"4","Ten":"Nguyễn","Ngay":"2026-11-20T08:30:00+07:00","GhiChu":"gấp","NoiBo":"x","La":"?",
      "Rong":"","Tep":[{"Ten":"a","Url":"u"},{"Ten":"b"}]}
      """
    #expect(
      try fates(document) == [
        "1:7 /Ma arrived -", "1:26 /TrangThai arrived -", "1:36 /Ten cut 8", "1:52 /Ngay precision-lost 9",
        "1:89 /GhiChu skipped 10", "1:103 /NoiBo ignored 15", "1:112 /La unread -", "2:8 /Rong empty -",
        "2:25 /Tep/0/Ten arrived -", "2:35 /Tep/0/Url condition-only 11", "2:47 /Tep/1/Ten excluded 11",
      ])
  }

  @Test("a time of day that is midnight, and milliseconds that are zero, are no loss")
  func precision() throws {
    #expect(try fates(#"{"Ma":"1","Ngay":"2026-11-20T00:00:00.000+07:00"}"#).contains("1:18 /Ngay arrived -"))
    let rows = "  - { to: code, from: Ngay, time: { in: iso, out: iso } }"
    #expect(try fates(#"{"Ngay":"2026-11-20T00:00:00.1234567"}"#, rows: rows) == ["1:9 /Ngay precision-lost 6"])
  }

  @Test("of several nodes only the first arrives, and what a conversion leaves nothing of is omitted")
  func several() throws {
    let rows = "  - { to: code, from: Tep/Ten }\n  - { to: name, from: Ten, number: integer }"
    #expect(
      try fates(#"{"Tep":[{"Ten":"a"},{"Ten":"b"}],"Ten":"  "}"#, rows: rows) == [
        "1:16 /Tep/0/Ten arrived -", "1:28 /Tep/1/Ten passed-over 6", "1:40 /Ten omitted 7",
      ])
  }

  @Test("a document that is held says so, and where it was stopped")
  func held() throws {
    let workbench = try TestBench().open()
    let report = try workbench.loss(
      workbench.mapping("a--b"), TestBench.json(#"{"Ma":"1","TrangThai":"7"}"#))
    #expect(report.outcome == "held st")
    #expect(report.leaves.map(\.fate.name) == ["arrived", "stopped"])
  }
}
