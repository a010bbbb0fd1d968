import DocumentKit
import Testing
import Translation

@Suite("How rows convert")
struct ConversionTests {
  @Test("the short forms of time and boolean name the partner's spelling, whichever end is the partner")
  func shortForms() throws {
    let rows = """
        - { to: at, from: at, time: dd/MM/yyyy }
        - { to: ok, from: ok, boolean: { true: "True", false: "False" } }
        - { to: status, from: status, codes: status }
      """
    let inward = try Workbench.mapping(rows)
    #expect(
      try inward.text(Workbench.json(#"{"at":" 20/11/2026 ","ok":"False","status":"22"}"#))
        == "<dossier><at>2026-11-20T00:00:00+07:00</at><ok>false</ok><status>accepted</status></dossier>")
    let outward = try Workbench.mapping(rows, source: RowTests.toPartner, target: RowTests.json)
    #expect(
      try outward.text(
        Workbench.xml("<d><at>2026-11-20T23:00:00Z</at><ok>1</ok><status> accepted </status></d>"))
        == #"{"at":"21/11/2026","ok":"True","status":"2"}"#)
  }

  @Test("between two partners both spellings are named")
  func longForms() throws {
    let mapping = try Workbench.mapping(
      """
        - { to: at, from: at, time: { in: yyyyMMdd, out: dd/MM/yyyy } }
        - { to: ok, from: ok, boolean: { in: { true: "1", false: "0" }, out: { true: có, false: không } } }
        - { to: s, from: s, codes: { in: status, out: other } }
        - { to: t, from: t, codes: { in: status } }
      """,
      target: "target: { schema: other/1/b.json, format: json }",
      tables: [
        Workbench.statusTable,
        "codes: other\nforeign: o\ncanonical: c\nunmapped: hold\nrows: [ { foreign: DTN, canonical: accepted } ]",
      ])
    #expect(
      try mapping.text(Workbench.json(#"{"at":"20261120","ok":"0","s":"2","t":"1"}"#))
        == #"{"at":"20/11/2026","ok":"không","s":"DTN","t":"registered"}"#)
  }

  @Test("numbers are checked and normalised, and JSON numbers written as numbers")
  func numbers() throws {
    let mapping = try Workbench.mapping(
      """
        - { to: n, from: n, number: integer, type: number }
        - { to: d, from: d, number: decimal }
        - { to: t, from: t, time: { in: iso, out: epochMilliseconds }, type: number }
        - { to: plain, from: plain, type: number }
      """,
      source: RowTests.toPartner, target: RowTests.json)
    let document = "<d><n> 007 </n><d>1.50</d><t>2026-11-20T08:30:05+07:00</t><plain>+8000.00</plain></d>"
    #expect(try mapping.text(Workbench.xml(document)) == #"{"n":7,"d":"1.50","t":1795138205000,"plain":8000.00}"#)
  }

  @Test("text becomes base64 of its UTF-8 and back, lines allowed")
  func base64() throws {
    let mapping = try Workbench.mapping(
      "  - { to: a, from: a, base64: encode }\n  - { to: b, from: b, base64: decode, cut: 3 }")
    #expect(
      try mapping.text(Workbench.json(#"{"a":"Đỗ","b":"xJDhu5cg\r\nVGjhu4s="}"#))
        == "<dossier><a>xJDhu5c=</a><b>Đỗ </b></dossier>")
    #expect(try mapping.text(Workbench.json("{}")) == "<dossier/>")
  }

  @Test(
    "what is no base64, no UTF-8, or no text of a document is refused and not repeated",
    arguments: ["YQ", "Y=Q=", "xJ4é", "/w==", "AA==", "w4"])
  func badBase64(value: String) throws {
    let mapping = try Workbench.mapping("  - { to: b, from: b, base64: decode }")
    let finding = try #require(try mapping.findings(Workbench.json("{\"b\":\"\(value)\"}")).first)
    #expect(finding.rule == "mapping.base64")
    #expect(finding.path == "/b")
    #expect(!finding.messageEnglish.contains(value) && !finding.messageVietnamese.contains(value))
  }

  @Test(
    "a personal name is split into family name, words between and given name",
    arguments: [
      ("Nguyễn Thị Minh Ánh", "Nguyễn", "Thị Minh", "Ánh"),
      ("  Lê\u{A0}Văn \t An ", "Lê", "Văn", "An"),
      ("Đỗ Bình", "Đỗ", "", "Bình"),
      ("Ánh", "", "", "Ánh"),
    ])
  func parts(name: String, family: String, middle: String, given: String) throws {
    let parts = NamePart.allCases.map { $0.part(of: name) }
    #expect(parts == [family, middle, given])
    let mapping = try Workbench.mapping(
      "  - { to: a, from: x, part: family }\n  - { to: b, from: x, part: middle }\n"
        + "  - { to: c, from: x, part: given }")
    let texts = try mapping.text(Workbench.json("{\"x\":\"\(name.replacing("\t", with: "\\t"))\"}"))
    #expect(texts.contains("<c>\(given)</c>"))
    #expect(texts.contains("<a>") == !family.isEmpty)
  }

  @Test(
    "a result without the form that the row wants refuses the document at the place it was read; an empty one does not")
  func pattern() throws {
    let mapping = try Workbench.mapping("  - { to: a, from: x, pattern: '^H[0-9]+$', cut: 3 }\n  - { to: b, from: y }")
    #expect(try mapping.text(Workbench.json(#"{"x":"H1234","y":"1"}"#)) == "<dossier><a>H12</a><b>1</b></dossier>")
    #expect(try mapping.text(Workbench.json(#"{"x":"","y":"1"}"#)) == "<dossier><b>1</b></dossier>")
    guard case .refused(let findings) = try mapping.translate(Workbench.json(#"{"x":"K1","y":"1"}"#)) else {
      Issue.record("it was not refused")
      return
    }
    #expect(findings.map(\.rule) == ["mapping.pattern"] && findings.map(\.path) == ["/x"])
    #expect(findings.allSatisfy { !$0.messageEnglish.contains("K1") && $0.messageEnglish.contains("‘a’") })
  }

  @Test("a long text is cut at whole characters and the report says so")
  func cut() throws {
    let mapping = try Workbench.mapping("  - { to: a, from: x, cut: 5 }")
    #expect(try mapping.text(Workbench.json(#"{"x":"ếếếếế"}"#)) == "<dossier><a>ếếếếế</a></dossier>")
    #expect(try mapping.report(Workbench.json(#"{"x":"ếếếếế"}"#))?.notes == [])
    let tooLong = try Workbench.json(#"{"x":"ếếếếếề"}"#)
    #expect(try mapping.text(tooLong) == "<dossier><a>ếếếếế</a></dossier>")
    let note = try #require(try mapping.report(tooLong)?.notes.first)
    #expect(note.kind == .cut(characters: 1))
    #expect(note.row.description == "m.yaml:6:5")
    #expect(note.target == "a")
    #expect(note.sourcePath == "/x")
    // Two marks on the last letter: the letter goes as a whole, so that no mark is torn off.
    let marks = try Workbench.json("{\"x\":\"abcde\u{302}\u{301}\"}")
    #expect(try mapping.text(marks) == "<dossier><a>abcd</a></dossier>")
    #expect(try mapping.report(marks)?.notes.first?.kind == .cut(characters: 3))
  }

  @Test("a default is written as it stands and reported")
  func defaults() throws {
    let mapping = try Workbench.mapping(
      "  - { to: s, from: s, codes: status, default: registered }\n  - { to: n, from: n, default: \"0\" }")
    let document = try Workbench.json(#"{"s":" "}"#)
    #expect(try mapping.text(document) == "<dossier><s>registered</s><n>0</n></dossier>")
    let notes = try #require(try mapping.report(document)?.notes)
    #expect(notes.map(\.kind) == [.defaulted, .defaulted])
    #expect(notes.map(\.sourcePath) == ["/s", "/n"])
    #expect(try mapping.report(Workbench.json(#"{"s":"1","n":"2"}"#))?.notes == [])
  }

  @Test("a default with a reason is written and not reported; explain tells of it all the same")
  func declaredDefaults() throws {
    let mapping = try Workbench.mapping(
      "  - { to: s, from: s, default: { value: \"false\", reason: nobody said so } }\n  - { to: n, from: n, default: \"0\" }"
    )
    let document = try Workbench.json("{}")
    #expect(try mapping.text(document) == "<dossier><s>false</s><n>0</n></dossier>")
    let report = try #require(try mapping.report(document))
    #expect(report.notes.map(\.target) == ["n"])
    #expect(report.summary(of: "m/1") == "m/1 cut or filled in 1 value(s): n (line 7) default")
    #expect(mapping.definition?.rows.map(\.substituteReason) == ["nobody said so", nil])
  }

  @Test(
    "a default in two parts has both of them",
    arguments: ["{ value: x }", "{ reason: x }", "{ value: x, reason: \"\" }", "{ value: x, reason: y, note: z }"])
  func brokenDefaults(text: String) {
    #expect(throws: MappingErrors.self) { try Workbench.mapping("  - { to: s, from: s, default: \(text) }") }
  }

  @Test("what was cut or filled in is told in one line by the rows that did it, without a value of the document")
  func summary() throws {
    let rows = """
        - { to: a, from: x, cut: 2 }
        - { to: b, each: y, from: ., cut: 1 }
        - { to: n, from: n, default: "0" }
        - { to: s, from: s, codes: status }
      """
    let table = Workbench.statusTable.replacingHold(by: "{ default: registered, reason: open list }")
    let mapping = try Workbench.mapping(rows, tables: [table])
    let document = try Workbench.json(#"{"x":"abcd","y":["pqr","st","u"],"s":"77"}"#)
    guard case .translated(_, let report, _) = try mapping.translate(document, notes: 0) else {
      Issue.record("not translated")
      return
    }
    #expect(report.notes.isEmpty)
    #expect(
      report.summary(of: "m/1") == "m/1 cut or filled in 5 value(s): a (line 6) cut by 2 character(s), "
        + "b (line 7) cut by 3 character(s) 2 times, n (line 8) default, s (line 9) default of status")
    let whole = try Workbench.json(#"{"x":"ab","y":["p"],"n":"1","s":"1"}"#)
    #expect(try mapping.report(whole)?.summary(of: "m/1") == nil)
  }

  @Test("the line names twenty rows and counts the others", arguments: [20, 21])
  func longSummary(rows: Int) throws {
    let text = (1...rows).map { "  - { to: r\($0), from: x, default: d }" }.joined(separator: "\n")
    let report = try #require(try Workbench.mapping(text).report(Workbench.json("{}")))
    let summary = try #require(report.summary(of: "m/1"))
    #expect(summary.contains("in \(rows) value(s)") && summary.contains("r20 (line 25) default"))
    #expect(summary.hasSuffix(" and 1 more row(s)") == (rows == 21) && !summary.contains("r21"))
  }

  @Test("a code without a row holds the document and names table, row and place")
  func held() throws {
    let mapping = try Workbench.mapping("  - { to: status, from: TrangThai, codes: status }")
    let reason = try #require(try mapping.held(Workbench.json("{\n \"TrangThai\": \"77\"}")))
    let code = try #require(reason.codes.first)
    #expect(code.table == "status")
    #expect(code.direction == .in)
    #expect(code.code == "77")
    #expect(code.row.description == "m.yaml:6:5")
    #expect(code.target == "status")
    #expect(code.sourcePath == "/TrangThai")
    #expect((code.line, code.column) == (2, 15))
    #expect(reason.messageEnglish.contains("‘77’"))
    #expect(try mapping.held(Workbench.json("{}")) == nil)
  }

  @Test(
    "what does not look like a code is not repeated",
    arguments: ["Nguyễn Thị Ánh", "0900 000 000", "a@b", "012345678901234567890123456789012"])
  func hiddenCodes(value: String) throws {
    let hold = try Workbench.mapping("  - { to: status, from: s, codes: status }")
    let reason = try #require(try hold.held(Workbench.json("{\"s\":\"\(value)\"}")))
    #expect(reason.codes.first?.code == nil)
    #expect(!reason.messageEnglish.contains(value) && !reason.messageVietnamese.contains(value))
    let table = Workbench.statusTable.replacingHold(by: "reject")
    let reject = try Workbench.mapping("  - { to: status, from: s, codes: status }", tables: [table])
    let finding = try #require(try reject.findings(Workbench.json("{\"s\":\"\(value)\"}")).first)
    #expect(finding.rule == "mapping.code")
    #expect(!finding.messageEnglish.contains(value) && !finding.messageVietnamese.contains(value))
  }

  @Test("a table can put a code in for unknown ones, and the report says so")
  func substitutedCode() throws {
    let table = Workbench.statusTable.replacingHold(by: "{ default: registered, reason: open list }")
    let mapping = try Workbench.mapping("  - { to: status, from: s, codes: status }", tables: [table])
    let document = try Workbench.json(#"{"s":"77"}"#)
    #expect(try mapping.text(document) == "<dossier><status>registered</status></dossier>")
    #expect(try mapping.report(document)?.notes.map(\.kind) == [.codeSubstituted(table: "status")])
  }
}

extension String {
  fileprivate func replacingHold(by policy: String) -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0 == "unmapped: hold" ? "unmapped: \(policy)" : String($0) }.joined(separator: "\n")
  }
}
