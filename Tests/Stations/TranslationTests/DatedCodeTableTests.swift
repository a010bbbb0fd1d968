import DocumentKit
import ServiceKit
import Testing
import Translation
import XMLKit

@Suite("Code tables with columns and dates")
struct DatedCodeTableTests {
  private static let procedures = """
    codes: procedure
    foreign: mã thủ tục của phần mềm một cửa
    canonical: mã thủ tục quốc gia
    columns: { level: cấp của đơn vị tiếp nhận }
    unmapped: hold
    rows:
      - { foreign: "1.006714", level: xa, canonical: "1.001193", validFrom: 2025-07-01, validUntil: 2026-06-30 }
      - { foreign: "1.006714", level: xa, canonical: "1.001194", validFrom: 2026-07-01 }
      - { foreign: "1.006714", canonical: "1.000001" }
      - { foreign: "2.0", level: tinh, canonical: "1.001193", direction: in }
    """
  private static let head = "codes: t\nforeign: f\ncanonical: c\ncolumns: { a: A, b: B }\nunmapped: hold\nrows:\n"

  private static func table(_ text: String) throws -> CodeTable {
    try CodeTable(YAMLDocument(parsing: text, file: "codes/t.yaml"))
  }

  private static func mistakes(_ text: String) -> [String] {
    do {
      _ = try table(text)
      return []
    } catch let errors as MappingErrors {
      return errors.errors.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }

  @Test("the row for these keys on this day answers, both ways, first and last day included")
  func lookUp() throws {
    let table = try Self.table(Self.procedures)
    func code(_ code: String, _ direction: CodeTable.Direction, _ level: String, _ day: String?) -> String? {
      let row = table.row(for: code, direction, cells: [level], on: day.flatMap { CivilDay($0) })
      return direction == .in ? row?.canonical : row?.foreign
    }
    #expect(code("1.006714", .in, "xa", "2025-06-30") == "1.000001")
    #expect(code("1.006714", .in, "xa", "2025-07-01") == "1.001193")
    #expect(code("1.006714", .in, "xa", "2026-06-30") == "1.001193")
    #expect(code("1.006714", .in, "xa", "2026-07-01") == "1.001194")
    #expect(code("1.006714", .in, "xa", "2999-01-01") == "1.001194")
    #expect(code("1.006714", .in, "tinh", "2026-01-01") == "1.000001")
    #expect(code("1.006714", .in, "", nil) == "1.000001")
    #expect(code("2.0", .in, "tinh", "2026-01-01") == "1.001193")
    #expect(code("2.0", .in, "xa", "2026-01-01") == nil)
    #expect(code("1.001193", .out, "xa", "2026-01-01") == "1.006714")
    #expect(code("1.001193", .out, "xa", "2026-07-01") == nil)
    #expect(code("1.001193", .out, "tinh", "2026-01-01") == nil)
    #expect(table.isDated && table.columns.map(\.name) == ["level"])
  }

  @Test("of two rows the one that says more answers, whichever is written first")
  func specificity() throws {
    let rows = [
      "  - { foreign: x, canonical: general }\n", "  - { foreign: x, a: \"1\", canonical: one }\n",
      "  - { foreign: x, a: \"1\", b: \"2\", canonical: both }\n",
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
      let table = try Self.table(Self.head + order.map { rows[$0] }.joined())
      let answers = [["1", "2"], ["1", "9"], ["9", "2"]].map { table.row(for: "x", .in, cells: $0)?.canonical }
      #expect(answers == ["both", "one", "general"])
    }
  }

  @Test(
    "rows that answer one question with two meanings are an error with its place",
    arguments: [
      ("{ a: \"1\" }", "{ a: \"1\" }", true),
      ("{ a: \"1\" }", "{ b: \"1\" }", true),
      ("{ a: \"1\" }", "{ a: \"2\" }", false),
      ("{ a: \"1\", b: \"1\" }", "{ b: \"1\" }", false),
      ("{ a: \"1\", b: \"1\" }", "{ a: \"2\" }", false),
      ("{ }", "{ }", true),
      ("{ validUntil: 2026-06-30 }", "{ validFrom: 2026-06-30 }", true),
      ("{ validUntil: 2026-06-29 }", "{ validFrom: 2026-06-30 }", false),
      ("{ validFrom: 2026-06-30 }", "{ validUntil: 2026-06-29 }", false),
      ("{ validFrom: 2026-01-01, validUntil: 2026-12-31 }", "{ }", true),
      ("{ a: \"1\", validFrom: 2026-01-01 }", "{ validUntil: 2027-01-01 }", false),
      ("{ direction: in }", "{ direction: out }", false),
    ])
  func overlap(first: String, second: String, isError: Bool) {
    func row(_ keys: String, _ canonical: String) -> String {
      let keys = keys.trimmingBraces
      return "  - { foreign: x, canonical: \(canonical)\(keys.isEmpty ? "" : ", " + keys) }\n"
    }
    let mistakes = Self.mistakes(Self.head + row(first, "p") + row(second, "q"))
    #expect(mistakes.count == (isError ? 1 : 0), "\(mistakes)")
    if isError {
      #expect(mistakes[0].hasPrefix("codes/t.yaml:8:5: the foreign code ‘x’ already has a meaning in line 7"))
    }
    // Whichever stands first, and in the other direction as well.
    let mirrored =
      Self.head
      + [second, first].enumerated().map { number, keys in
        let keys = keys.trimmingBraces
        return "  - { foreign: f\(number), canonical: y\(keys.isEmpty ? "" : ", " + keys) }\n"
      }.joined()
    #expect(Self.mistakes(mirrored).count == (isError ? 1 : 0))
  }

  @Test(
    "mistakes in columns and dates are told with their place",
    arguments: [
      (head + "  - { foreign: x, canonical: y, c: \"1\" }\n", "codes/t.yaml:7:33: the key ‘c’ is not known"),
      (head + "  - { foreign: x, canonical: y, validFrom: 2026-02-30 }\n", "codes/t.yaml:7:44: ‘validFrom’ is no day"),
      (
        head + "  - { foreign: x, canonical: y, validUntil: 30/06/2026 }\n", "codes/t.yaml:7:45: ‘validUntil’ is no day"
      ),
      (
        head + "  - { foreign: x, canonical: y, validFrom: 2026-02-02, validUntil: 2026-02-01 }\n",
        "codes/t.yaml:7:56: the row ends before it begins"
      ),
      (
        head + "  - { foreign: x, canonical: y, validFrom: 2026-02-02, gap: { from: 2026-02-02, reason: r } }\n",
        "codes/t.yaml:7:61: the gap does not lie before the row"
      ),
      (
        head + "  - { foreign: x, canonical: y, gap: { from: 2026-02-02, reason: r } }\n",
        "codes/t.yaml:7:38: the gap does not lie before the row"
      ),
      (
        head + "  - { foreign: x, canonical: y, validFrom: 2026-02-02, gap: { from: 2026-02-01, reason: '' } }\n",
        "codes/t.yaml:7:61: ‘reason’ is empty"
      ),
      (
        head + "  - { foreign: x, canonical: y, validFrom: 2026-02-02, gap: { from: 2026-02-01 } }\n",
        "codes/t.yaml:7:61: the key ‘reason’ is missing"
      ),
      (
        head + "  - { foreign: x, canonical: y, validFrom: 2026-02-02, gap: { from: 2026-02-30, reason: r } }\n",
        "codes/t.yaml:7:69: ‘from’ is no day"
      ),
      (
        "codes: t\nforeign: f\ncanonical: c\ncolumns: { at: A }\nunmapped: hold\nrows: []\n",
        "codes/t.yaml:4:12: ‘at’ cannot be the name of a column"
      ),
      (
        "codes: t\nforeign: f\ncanonical: c\ncolumns: [ a ]\nunmapped: hold\nrows: []\n",
        "codes/t.yaml:4:10: a mapping is needed here"
      ),
    ])
  func mistakes(text: String, expected: String) {
    let mistakes = Self.mistakes(text)
    #expect(mistakes.count == 1 && mistakes[0].hasPrefix(expected), "\(mistakes)")
  }

  // MARK: In mappings

  private static func mapping(_ codes: String) throws -> Mapping {
    try Workbench.mapping("  - { to: code, from: ma, codes: \(codes) }", tables: [procedures])
  }

  @Test("a row asks the table with its columns and the day of a moment in Vietnam")
  func rows() throws {
    let mapping = try Self.mapping("{ table: procedure, level: \"string(cap)\", at: ngay }")
    func text(_ level: String, _ time: String) throws -> String {
      try mapping.text(Workbench.json(#"{"ma":" 1.006714 ","cap":"\#(level)","ngay":"\#(time)"}"#))
    }
    #expect(try text("xa", "2026-06-30T23:59:59+07:00") == "<dossier><code>1.001193</code></dossier>")
    #expect(try text("xa", "2026-06-30T17:00:00Z") == "<dossier><code>1.001194</code></dossier>")
    #expect(try text("tinh", "2026-06-30T17:00:00Z") == "<dossier><code>1.000001</code></dossier>")
    #expect(try mapping.text(Workbench.json("{}")) == "<dossier/>")
    let partner = try Self.mapping("{ table: procedure, level: cap, at: ngay, atTime: dd/MM/yyyy }")
    #expect(
      try partner.text(Workbench.json(#"{"ma":"1.006714","cap":"xa","ngay":"01/07/2026"}"#))
        == "<dossier><code>1.001194</code></dossier>")
    let both = try Self.mapping(
      "{ in: { table: procedure, level: cap, at: ngay }, out: { table: procedure, level: cap, at: \"'2026-01-01T00:00:00'\" } }"
    )
    #expect(
      try both.text(Workbench.json(#"{"ma":"1.006714","cap":"xa","ngay":"2025-08-01T00:00:00"}"#))
        == "<dossier><code>1.006714</code></dossier>")
  }

  @Test("a code without a row names what it was asked with; a date that is missing or wrong refuses")
  func complaints() throws {
    let mapping = try Self.mapping("{ table: procedure, level: cap, at: ngay }")
    let held = try #require(
      try mapping.held(Workbench.json(#"{"ma":"7","cap":"xa","ngay":"2026-11-20T08:00:00"}"#))?.codes.first)
    #expect(held.keys.map(\.column) == ["level"] && held.keys.map(\.value) == ["xa"])
    #expect(held.day?.description == "2026-11-20")
    let sentence = try mapping.held(Workbench.json(#"{"ma":"7","cap":"xã Ánh","ngay":"2026-11-20T08:00:00"}"#))
    #expect(sentence?.messageEnglish.contains("‘7’ (level ‘…’, 2026-11-20) at /ma") == true)
    #expect(sentence?.messageVietnamese.contains("‘7’ (level ‘…’, 2026-11-20) tại /ma") == true)
    let missing = try mapping.findings(Workbench.json(#"{"ma":"7","cap":"xa"}"#))
    #expect(missing.map(\.rule) == ["mapping.required"] && missing.map(\.path) == ["/ngay"])
    let wrong = try mapping.findings(Workbench.json(#"{"ma":"7","cap":"xa","ngay":"hôm nay"}"#))
    #expect(wrong.map(\.rule) == ["mapping.time"] && wrong.map(\.path) == ["/ngay"])
  }

  @Test(
    "a table must be asked with all it needs and nothing else",
    arguments: [
      ("procedure", "m.yaml:6:34: the table ‘procedure’ also asks for ‘level’"),
      ("{ table: procedure, level: cap }", "m.yaml:6:43: rows of the table ‘procedure’ hold only for some time"),
      ("{ table: procedure, at: ngay }", "m.yaml:6:43: the table ‘procedure’ also asks for ‘level’"),
      (
        "{ table: procedure, levle: cap, level: cap, at: ngay }",
        "m.yaml:6:54: the table ‘procedure’ has no column ‘levle’ (did you mean ‘level’?)"
      ),
      ("{ table: status, at: ngay }", "m.yaml:6:55: the table ‘status’ has no dates, so ‘at’ has no effect"),
      (
        "{ table: status, cap: ngay }",
        "m.yaml:6:51: the table ‘status’ has no column ‘cap’ (it has none; drop the key)"
      ),
      ("{ table: procedure, level: \"cap[\", at: ngay }", "m.yaml:6:61: the expression"),
      ("{ table: procedure, level: cap, atTime: iso }", "m.yaml:6:66: ‘atTime’ has no effect without ‘at’"),
      ("{ table: procedure, level: cap, at: ngay, atTime: never }", "m.yaml:6:84: ‘never’ is no time format"),
      ("{ table: nosuch, level: cap }", "m.yaml:6:43: there is no code table ‘nosuch’"),
      (
        "{ tabel: procedure }",
        "m.yaml:6:34: no table is named (write ‘table: name’, ‘in: table’, ‘out: table’ or both)"
      ),
    ])
  func uses(codes: String, expected: String) {
    let mistakes = Workbench.mistakes(
      "  - { to: code, from: ma, codes: \(codes) }", tables: [Self.procedures, Workbench.statusTable])
    #expect(mistakes.first?.hasPrefix(expected) == true, "\(mistakes)")
    #expect(mistakes.allSatisfy { $0.hasSuffix(")") }, "no remedy in \(mistakes)")
  }

  @Test("a stylesheet asks such a table with the date and the columns in their order")
  func stylesheet() throws {
    func mapping(_ call: String) throws -> Mapping {
      let text = """
        <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:lt="urn:lienthong:functions"
          xmlns:m="urn:lienthong:mapping" exclude-result-prefixes="m lt">
        <m:mapping name="a--b" version="1"><m:source schema="x" format="json"/><m:target schema="y" format="xml"/>
        </m:mapping>
        <xsl:template match="/root"><r><xsl:value-of select="\(call)"/></r></xsl:template></xsl:stylesheet>
        """
      let folder = try TemporaryFolder(["transform.xsl": text])
      return Mapping(
        try StylesheetMapping(
          contentsOf: folder.path + "/transform.xsl", codes: Workbench.tables([Self.procedures])))
    }
    let document = try Workbench.json(#"{"ma":"1.006714","cap":"xa","ngay":"2026-07-01T00:00:00+07:00"}"#)
    #expect(try mapping("lt:code(ma, 'procedure', 'in', ngay, cap)").text(document) == "<r>1.001194</r>")
    #expect(
      try mapping("lt:code(ma, 'procedure', 'in', sai, cap)").findings(document).map(\.rule) == ["mapping.required"])
    #expect(try mapping("lt:code('7', 'procedure', 'in', ngay, cap)").held(document)?.codes.first?.day != nil)
    for call in ["lt:code(ma, 'procedure', 'in')", "lt:code(ma, 'procedure', 'in', ngay)"] {
      #expect(throws: TranslationError.self) { try mapping(call).translate(document) }
    }
  }
}

extension String {
  /// What stands between the outermost braces, without the blanks.
  fileprivate var trimmingBraces: String {
    var inner = dropFirst().dropLast()
    while inner.first == " " { inner.removeFirst() }
    while inner.last == " " { inner.removeLast() }
    return String(inner)
  }
}
