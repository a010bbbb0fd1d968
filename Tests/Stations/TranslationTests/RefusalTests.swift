import DocumentKit
import Testing
import Translation

@Suite("Documents that break a rule")
struct RefusalTests {
  @Test(
    "a value that cannot be converted refuses the document with rule and place, never with the value",
    arguments: [
      ("time: yyyyMMdd", "20260230", "mapping.time"), ("number: integer", "12a", "mapping.number"),
      ("number: decimal", "1,5", "mapping.number"),
      ("boolean: { true: \"1\", false: \"0\" }", "TRUE", "mapping.boolean"),
    ])
  func conversions(conversion: String, value: String, rule: String) throws {
    let mapping = try Workbench.mapping("  - { to: owner/x, from: a/b, \(conversion) }")
    let findings = try mapping.findings(Workbench.json("{\"a\":\n  {\"b\": \"\(value)\"}}"))
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    #expect(finding.rule == rule)
    #expect(finding.path == "/a/b")
    #expect((finding.line, finding.column) == (2, 9))
    #expect(finding.messageEnglish.contains("a--b/1:6"))
    #expect(finding.messageVietnamese.contains("a--b/1:6"))
    #expect(!finding.messageEnglish.contains(value) && !finding.messageVietnamese.contains(value))
  }

  @Test("a required value that is missing or empty is named by the path it should have")
  func required() throws {
    let mapping = try Workbench.mapping(
      """
        - { to: code, from: MaHoSo, required: true }
        - { to: owner, from: ChuHoSo/Ten, required: true }
        - { to: file, each: Tep, required: true, rows: [ { to: name, from: Ten, required: true } ] }
      """)
    let none = try mapping.findings(Workbench.json(#"{"MaHoSo":""}"#))
    #expect(none.map(\.path) == ["/MaHoSo", "/ChuHoSo/Ten", "/Tep"])
    #expect(Set(none.map(\.rule)) == ["mapping.required"])
    let second = try mapping.findings(Workbench.json(#"{"MaHoSo":"1","ChuHoSo":{"Ten":"x"},"Tep":[{"Ten":"a"},{}]}"#))
    #expect(second.map(\.path) == ["/Tep/1/Ten"])
    let good = try Workbench.json(#"{"MaHoSo":"1","ChuHoSo":{"Ten":"x"},"Tep":[{"Ten":"a"}]}"#)
    #expect(try mapping.findings(good).isEmpty)
  }

  @Test("every finding of a document is told at once, and before any missing code")
  func several() throws {
    let mapping = try Workbench.mapping(
      """
        - { to: a, from: a, required: true }
        - { to: s, from: s, codes: status }
        - { to: t, from: t, time: yyyyMMdd }
      """)
    let findings = try mapping.findings(Workbench.json(#"{"s":"77","t":"x"}"#))
    #expect(findings.map(\.rule) == ["mapping.required", "mapping.time"])
  }

  @Test("JSON types that the text does not have refuse the document")
  func types() throws {
    let mapping = try Workbench.mapping(
      "  - { to: b, from: b, type: boolean }\n  - { to: n, from: n, type: number }",
      source: RowTests.toPartner, target: RowTests.json)
    #expect(
      try mapping.findings(Workbench.xml("<d><b>yes</b><n>many</n></d>")).map(\.rule)
        == ["mapping.type", "mapping.number"])
  }

  @Test("an expression that fails is an error of the mapping and names its row")
  func expressionFailure() throws {
    let mapping = try Workbench.mapping("  - { to: l, each: \"count(a)\", rows: [ { to: x, from: . } ] }")
    let error = try #require(throws: TranslationError.self) { try mapping.translate(Workbench.json("{}")) }
    #expect(error.code == .expression)
    #expect(error.row?.description == "m.yaml:6:5")
  }

  @Test("findings, notes and output are bounded, each at its limit")
  func limits() throws {
    var limits = TranslationLimits()
    limits.findings = 2
    limits.reportNotes = 2
    limits.outputNodes = 4
    let rows = """
        - { to: x, each: x, from: ., number: integer }
        - { to: y, each: y, from: ., cut: 1 }
      """
    let mapping = try Workbench.mapping(rows, limits: limits)
    #expect(try mapping.findings(Workbench.json(#"{"x":["a","b"]}"#)).count == 2)
    #expect(try mapping.findings(Workbench.json(#"{"x":["a","b","c"]}"#)).count == 2)
    let two = try #require(try mapping.report(Workbench.json(#"{"y":["aa","bb"]}"#)))
    #expect((two.notes.count, two.notesDropped) == (2, 0))
    let three = try #require(try mapping.report(Workbench.json(#"{"y":["aa","bb","cc"]}"#)))
    #expect((three.notes.count, three.notesDropped) == (2, 1))
    let error = try #require(throws: TranslationError.self) {
      try mapping.translate(Workbench.json(#"{"x":["1","2","3","4"]}"#))
    }
    #expect(error.code == .outputLimit)
  }
}
