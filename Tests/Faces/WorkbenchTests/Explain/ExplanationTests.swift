import DocumentKit
import Testing
import Translation
import Workbench

@Suite("Where an output comes from")
struct ExplanationTests {
  private static let document = #"{"Ma":" A1 ","TrangThai":"4","Ten":"Nguyễn","Tep":[{"Ten":"a","Url":"u"}]}"#

  private func explanation(_ document: String, rows: String = TestBench.rows) throws -> Explanation {
    let bench = TestBench(rows: rows)
    let workbench = try bench.open()
    return try withExtendedLifetime(bench.folder) {
      try #require(try workbench.explain(workbench.mapping("a--b"), TestBench.json(document)).explanation)
    }
  }

  @Test("a record names row, source, code row and every text on the way")
  func records() throws {
    let explanation = try explanation(Self.document)
    #expect(explanation.records.map(\.path) == ["/d/code", "/d/status", "/d/name", "/d/file/name"])
    let status = try #require(explanation.records(at: "/d/status").first)
    #expect(status.row.line == 7 && status.expression == "TrangThai" && status.value == "processing")
    #expect(status.sources == [Provenance.Source(path: "/TrangThai", line: 1, column: 26, text: "4")])
    guard case .code(let table, .in, let row?) = try #require(status.steps.first).step else {
      Issue.record("no code step")
      return
    }
    #expect(table.name == "st" && row.position.line == 6 && row.position.file.hasSuffix("Mappings/codes/st.yaml"))
    let code = explanation.records[0]
    #expect(code.sources.map(\.path) == ["/Ma"] && code.value == "A1")
    let name = explanation.records[2]
    #expect(name.value == "Nguy" && name.steps.map(\.input) == ["Nguyễn"] && name.steps.map(\.output) == ["Nguy"])
  }

  @Test("only what stands at a path, or below it, is shown for it")
  func paths() throws {
    let explanation = try explanation(Self.document)
    #expect(explanation.records(at: "/d/file").map(\.path) == ["/d/file/name"])
    #expect(explanation.records(at: "/d/fil").isEmpty)
    #expect(explanation.records(at: nil).count == 4)
  }

  @Test("a record whose step does not give what it says makes nothing")
  func broken() throws {
    let record = try explanation(Self.document).records[1]
    let wrong = Provenance(
      path: record.path, place: record.place, content: .text("5"), row: record.row, target: record.target,
      expression: record.expression, sources: record.sources, considered: [], steps: record.steps)
    #expect(wrong.value == nil)
    #expect(throws: WorkbenchError.self) {
      try Explanation(
        mapping: "a--b/1", format: .xml, method: .rows, root: TargetName("d"), records: [wrong]
      ).rebuilt()
    }
  }

  @Test("a default, and a document inside a string, are explained and make the output again")
  func nested() throws {
    let rows = """
        - { to: code, from: Ma }
        - { to: name, from: Ten, default: "không tên" }
        - to: note
          write: { format: json, schema: a/1/a.json }
          rows: [ { to: Ma, from: Ma }, { to: Tep, each: Tep, empty: list, rows: [ { to: Ten, from: Ten } ] } ]
      """
    let bench = TestBench(rows: rows)
    let workbench = try bench.open()
    let answer = try withExtendedLifetime(bench.folder) {
      try workbench.explain(workbench.mapping("a--b"), TestBench.json(#"{"Ma":"A"}"#))
    }
    let explanation = try #require(answer.explanation)
    #expect(
      explanation.records(at: nil).map(\.path) == [
        "/d/code", "/d/name", "/d/note", "/d/note » /Ma", "/d/note » /Tep",
      ])
    #expect(explanation.records[1].value == "không tên")
    #expect(explanation.records[2].value == #"{"Ma":"A","Tep":[]}"#)
    guard case .translated(let output) = answer.run.result else {
      Issue.record("not translated")
      return
    }
    #expect(try explanation.rebuilt().serialised() == output.bytes)
  }
}
