import DocumentKit
import Testing
import Translation
import Workbench

@Suite("What a stylesheet does, found by trying it")
struct StylesheetAccountTests {
  private let bench = StylesheetBench()

  @Test(
    "loss accounts for every leaf: what comes out whole, in part, converted or not at all, and what is only decided by")
  func loss() throws {
    let report = try bench.loss()
    #expect(report.method == .trying && report.outcome == "translated")
    let fates = Dictionary(uniqueKeysWithValues: report.leaves.map { ($0.path, $0.fate) })
    #expect(fates.count == 9 && fates["/Ma"] == .arrived && fates["/GhiChu"] == .arrived)
    #expect(fates["/TrangThai"] == .arrived && fates["/Tep/0/Ten"] == .arrived)
    guard case .shortened(let row, characters: 2)? = fates["/Ten"], row.line == 29 else {
      Issue.record("\(String(describing: fates["/Ten"]))")
      return
    }
    guard case .precisionLost? = fates["/Ngay"], case .ignored(let place, let reason)? = fates["/NoiBo"] else {
      Issue.record("\(fates)")
      return
    }
    #expect(reason == "nobody outside needs it" && place.line == 7)
    #expect(fates["/Tep/0/Url"]?.name == "effect-only" && fates["/Tep/1/Ten"] == .effectless)
    #expect(Set(report.unexplained.map(\.path)) == ["/Ten", "/Ngay", "/Tep/0/Url", "/Tep/1/Ten"])
  }

  @Test("a text of which only the middle comes out is cut by exactly the rest")
  func middle() throws {
    let bench = StylesheetBench(
      StylesheetBench.templates.replacing("substring(Ten, 1, 4)", with: "substring(Ten, 40, 7)"))
    let document = #"{"Ma":"A1","Ten":"\#(String(repeating: "abcde", count: 20))"}"#
    let fate = try bench.loss(document).leaves.first { $0.path == "/Ten" }?.fate
    guard case .shortened(_, characters: 93)? = fate else {
      Issue.record("\(String(describing: fate))")
      return
    }
  }

  @Test("the leaf at which a document is held has stopped it, and no other one has")
  func held() throws {
    let document = StylesheetBench.document.replacing(#""TrangThai":"4""#, with: #""TrangThai":"9""#)
    let report = try bench.loss(document)
    #expect(report.outcome == "held st")
    let stopped = report.leaves.filter { if case .stopped = $0.fate { true } else { false } }
    #expect(stopped.map(\.path) == ["/TrangThai"])
    #expect(try bench.explanation(document) == nil)
  }

  @Test(
    "explain names for each text what comes out in it, what it depends on, the instruction and the templates around")
  func explain() throws {
    let explanation = try #require(try bench.explanation())
    let records = Dictionary(uniqueKeysWithValues: explanation.records.map { ($0.path, $0) })
    #expect(
      records.keys.sorted() == ["/d/code", "/d/day", "/d/file", "/d/file/@name", "/d/kind", "/d/name", "/d/status"])
    let code = try #require(records["/d/code"])
    #expect(code.value == "A1-x" && code.sources.map(\.path) == ["/Ma", "/GhiChu"] && code.considered.isEmpty)
    #expect(code.row.line == 12 && code.expression == "concat(Ma, '-', GhiChu)")
    let status = try #require(records["/d/status"])
    guard case .code(let table, .in, _?)? = status.steps.first?.step else {
      Issue.record("\(status.steps)")
      return
    }
    #expect(table.name == "st" && status.steps[0].input == "4" && status.steps[0].output == "processing")
    let day = try #require(records["/d/day"])
    #expect(day.steps.map(\.output) == ["21/11/2026"] && day.sources.map(\.path) == ["/Ngay"])
    let name = try #require(records["/d/name"])
    #expect(
      name.row.line == 29 && name.templates.map(\.title) == [#"template name="text""#, #"template match="/root""#])
    #expect(name.templates.map(\.call?.line) == [16, nil] && name.templates.map(\.position.line) == [27, 10])
    let file = try #require(records["/d/file/@name"])
    #expect(file.sources.map(\.path) == ["/Tep/0/Ten"] && file.considered.map(\.path) == ["/Tep/0/Url"])
    #expect(records["/d/kind"]?.sources.isEmpty == true && records["/d/kind"]?.row.line == 21)
    #expect(throws: WorkbenchError.self) { try explanation.rebuilt() }
  }

  @Test("what an imported stylesheet writes is told with its file and line")
  func imports() throws {
    let templates = StylesheetBench.templates
    let cut = try #require(templates.firstRange(of: "<xsl:template name=\"text\">"))
    let bench = StylesheetBench(
      String(templates[..<cut.lowerBound]), head: "<xsl:import href=\"text.xsl\"/>")
    bench.bench.write(
      """
      <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
      \(templates[cut.lowerBound...])
      </xsl:stylesheet>
      """, "Mappings/a--b/1/text.xsl")
    let name = try #require(try bench.explanation()?.records.first { $0.path == "/d/name" })
    #expect(name.row.file.hasSuffix("/text.xsl") && name.row.line == 4, "\(name.row)")
    #expect(name.sources.map(\.path) == ["/Ten"] && name.templates.map(\.call?.line) == [16, nil])
  }

  @Test("coverage counts templates, branches, nodes found and code rows, as far as the examples take them")
  func coverage() throws {
    let one = try bench.coverage([StylesheetBench.document])
    let open = Set(
      one.items.filter { !$0.isCovered && [.templates, .branches, .codes].contains($0.subject) }.map(\.title))
    #expect(
      open == [
        #"if test="TrangThai": false"#, "otherwise: taken", #"for-each select="Tep[Url]": finds none"#,
        #"for-each select="Tep[Url]": finds several"#, #"if test="$text": false"#, "st: 5 → supplement",
      ])
    #expect(one.count(.templates) == (2, 2) && one.count(.codes) == (1, 2) && one.count(.rows) == (0, 0))
    let unread = one.items(.sourceLeaves).filter { !$0.isCovered }.map(\.title)
    #expect(unread == ["NoiBo"])
    #expect(!one.items(.targetLeaves).contains { !$0.isCovered })
    let all = try bench.coverage([
      StylesheetBench.document, #"{"Ma":"A1"}"#,
      #"{"Ma":"A1","TrangThai":"5","Tep":[{"Ten":"a","Url":"u"},{"Ten":"b","Url":"u"}]}"#,
    ])
    #expect(all.percentage == 100)
  }

  @Test("a stylesheet that would notice that it is watched is not counted, and what it wrote is told without lines")
  func noticing() throws {
    let bench = StylesheetBench(
      """
      <xsl:template match="/root">
        <xsl:variable name="tree"><a/></xsl:variable>
        <d><code><xsl:value-of select="concat(Ma, count(exsl:node-set($tree)/node()))"/></code></d>
      </xsl:template>
      """)
    #expect {
      try bench.coverage([#"{"Ma":"A1"}"#])
    } throws: { error in
      (error as? WorkbenchError)?.message.contains("while it is watched") ?? false
    }
    let record = try #require(try bench.explanation(#"{"Ma":"A1"}"#)?.records.first)
    #expect(record.value == "A11" && record.sources.map(\.path) == ["/Ma"] && record.row.line == 1)
  }

  @Test("a document that uses the signs of marks is refused, and one with too many texts")
  func limits() throws {
    #expect(throws: WorkbenchError.self) { try bench.loss("{\"Ma\":\"\u{F0000}\"}") }
    func document(_ leaves: Int) -> String {
      #"{"Ma":"A1""# + (1..<leaves).map { #","x\#($0)":"a""# }.joined() + "}"
    }
    #expect(try bench.loss(document(5_000)).leaves.count == 5_000)
    #expect(throws: WorkbenchError.self) { try bench.loss(document(5_001)) }
  }

  @Test("a path to be ignored that is no expression, or has no reason, is a mistake of the stylesheet with its place")
  func ignore() {
    for mistake in [#"from="NoiBo[" reason="x""#, #"from="NoiBo" because="x""#] {
      let bench = TestBench()
      bench.remove("Mappings/a--b/1/mapping.yaml")
      let text = StylesheetBench.stylesheet(StylesheetBench.templates)
        .replacing(#"from="NoiBo" reason="nobody outside needs it""#, with: mistake)
      bench.write(text, "Mappings/a--b/1/transform.xsl")
      #expect {
        _ = try bench.open()
      } throws: { error in
        (error as? MappingErrors)?.errors.map(\.position.line) == [7]
      }
    }
  }
}
