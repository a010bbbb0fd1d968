import DocumentKit
import Testing
import Translation

@Suite("Mistakes in a mapping")
struct MappingMistakeTests {
  /// The first row is line 6 of the file; its keys begin in column 7.
  @Test(
    "a row that cannot do what it says is refused with its place and a remedy",
    arguments: [
      ("{ from: a }", "m.yaml:6:5: the key ‘to’ is missing"),
      ("{ to: a }", "m.yaml:6:5: a row needs exactly one of ‘from’, ‘value’ and ‘rows’, and has none"),
      ("{ to: a, from: b, value: c }", "m.yaml:6:5: a row needs exactly one of"),
      ("{ to: a, form: b }", "m.yaml:6:14: the key ‘form’ is not known (did you mean ‘from’?)"),
      ("{ to: a, from: \"b[\" }", "m.yaml:6:20: "),
      ("{ to: a, from: x:b }", "m.yaml:6:20: "),
      ("{ to: a, from: nosuch() }", "m.yaml:6:20: "),
      ("{ to: a, from: b, when: \"(\" }", "m.yaml:6:29: "),
      ("{ to: a//b, from: c }", "m.yaml:6:11: a name of the target is empty"),
      ("{ to: 1a, from: c }", "m.yaml:6:11: ‘1a’ cannot be the name of an element or attribute"),
      ("{ to: p:a, from: c }", "m.yaml:6:11: the prefix ‘p’ is not declared"),
      ("{ to: a/@b/c, from: c }", "m.yaml:6:11: ‘@b’ cannot be the name"),
      ("{ to: a, from: b, codes: stat }", "m.yaml:6:30: there is no code table ‘stat’ (did you mean ‘status’?)"),
      ("{ to: a, from: b, codes: {} }", "m.yaml:6:30: no table is named"),
      ("{ to: a, from: b, time: dd/mm/yyyy }", "m.yaml:6:29: ‘dd/mm/yyyy’ is no time format"),
      ("{ to: a, from: b, time: { in: yyyyMMdd } }", "m.yaml:6:29: the key ‘out’ is missing"),
      ("{ to: a, from: b, number: float }", "m.yaml:6:31: this value is not allowed here"),
      ("{ to: a, from: b, boolean: { true: x } }", "m.yaml:6:32: the key ‘false’ is missing"),
      ("{ to: a, from: b, boolean: { true: x, false: x } }", "m.yaml:6:32: the words for true and false are the same"),
      (
        "{ to: a, from: b, number: integer, time: iso }",
        "m.yaml:6:5: a row has one conversion and not ‘time’, ‘number’"
      ),
      ("{ to: a, from: b, cut: 0 }", "m.yaml:6:28: ‘cut’ is below 1"),
      ("{ to: a, from: b, pattern: '[0-9' }", "m.yaml:6:32: ‘pattern’ is no regular expression"),
      ("{ to: a, value: b, pattern: b }", "m.yaml:6:24: ‘pattern’ has no effect on a constant"),
      ("{ to: a, from: b, required: yes }", "m.yaml:6:33: true or false is needed here"),
      ("{ to: a, from: b, required: true, default: x }", "m.yaml:6:23: a row with a default is never empty"),
      ("{ to: a, from: b, default: \"\" }", "m.yaml:6:23: the default is empty"),
      ("{ to: a, from: b, empty: list }", "m.yaml:6:23: an empty list exists only for"),
      ("{ to: a, from: b, type: number }", "m.yaml:6:23: ‘type’ is for JSON targets"),
      ("{ to: a, value: \"\" }", "m.yaml:6:14: an empty constant writes nothing"),
      ("{ to: a, value: b, cut: 3 }", "m.yaml:6:24: ‘cut’ has no effect on a constant"),
      ("{ to: a, value: \"\\u0001\" }", "m.yaml:6:5: the constant text holds a control character"),
      ("{ to: a, rows: [] }", "m.yaml:6:20: the group has no rows"),
      ("{ to: a, rows: [ { to: b, value: c } ], codes: status }", "m.yaml:6:45: ‘codes’ has no effect on a group"),
      ("{ to: \"@a\", rows: [ { to: b, value: c } ] }", "m.yaml:6:7: a group needs an element and not an attribute"),
      ("{ to: \"@a\", each: b, from: c }", "m.yaml:6:17: an attribute stands only once"),
      ("{ to: ., each: b, from: c }", "m.yaml:6:14: the text of an element stands only once"),
    ])
  func rows(row: String, expected: String) {
    let mistakes = Workbench.mistakes("  - \(row)\n")
    #expect(mistakes.count == 1, "\(mistakes)")
    #expect(mistakes.first?.hasPrefix(expected) == true, "\(mistakes)")
    #expect(mistakes.first?.hasSuffix(")") == true, "no remedy in \(mistakes)")
  }

  @Test(
    "what JSON cannot hold is refused for JSON targets",
    arguments: [
      ("{ to: \"@a\", from: b }", "m.yaml:6:11: JSON has no attributes"),
      ("{ to: ., from: b }", "m.yaml:6:5: a JSON object has no text of its own"),
      ("{ to: a, from: b, type: number, empty: keep }", "m.yaml:6:37: an empty number cannot be written"),
      ("{ to: a, from: b, type: number, default: x }", "m.yaml:6:37: ‘default’ is no number"),
      ("{ to: a, value: maybe, type: boolean }", "m.yaml:6:14: ‘value’ is no boolean"),
      ("{ to: a, from: b, type: number, cut: 3 }", "m.yaml:6:37: a number cannot be cut"),
      ("{ to: a, from: b }\n  - { to: a, from: c }", "m.yaml:7:5: ‘a’ is already written by the row in line 6"),
      ("{ to: a, from: b, when: b }\n  - { to: a, from: c }", "m.yaml:7:5: ‘a’ is already written"),
      ("{ to: a, from: b }\n  - { to: a/c, from: c }", "m.yaml:7:5: ‘a’ holds the text of the row before"),
      (
        "{ to: a/b, from: b }\n  - { to: c, from: c }\n  - { to: a/d, from: d }",
        "m.yaml:8:5: ‘a/d’ is already written by the row in line 6 (put the rows that write into it next to each other)"
      ),
    ])
  func jsonTargets(rows: String, expected: String) {
    let mistakes = Workbench.mistakes("  - \(rows)\n", source: RowTests.toPartner, target: RowTests.json)
    #expect(mistakes.first?.hasPrefix(expected) == true, "\(mistakes)")
    #expect(mistakes.first?.hasSuffix(")") == true, "no remedy in \(mistakes)")
  }

  @Test("an attribute is written once")
  func attributeTwice() {
    let mistakes = Workbench.mistakes("  - { to: a/@b, from: c }\n  - { to: a/@b, from: d }\n")
    #expect(mistakes.first?.hasPrefix("m.yaml:7:5: ‘a/@b’ is already written by the row in line 6") == true)
  }

  @Test("the short forms need a canonical end")
  func shortForms() {
    for key in ["time: iso", "boolean: { true: a, false: b }", "codes: status"] {
      let direct = Workbench.mistakes("  - { to: a, from: b, \(key) }\n", target: "target: { schema: x, format: json }")
      #expect(direct.count == 1 && direct[0].contains("needs one end whose schema is canonical/…"), "\(direct)")
    }
  }

  @Test(
    "the ends of a mapping are checked",
    arguments: [
      ("source: { schema: x }", Workbench.toCanonical, "m.yaml:3:9: the key ‘format’ is missing"),
      ("source: { schema: x, format: csv }", Workbench.toCanonical, "m.yaml:3:30: this value is not allowed here"),
      ("source: { shema: x, format: json }", Workbench.toCanonical, "m.yaml:3:9: the key ‘schema’ is missing"),
      (Workbench.partner, "target: { schema: x, format: xml }", "m.yaml:4:9: the key ‘root’ is missing"),
      (
        Workbench.partner, "target: { schema: x, format: json, root: a }",
        "m.yaml:4:42: a JSON document has no named root"
      ),
      (Workbench.partner, "target: { schema: x, format: xml, root: 1a }", "m.yaml:4:41: ‘1a’ cannot be the name"),
      (
        "source: { schema: x, format: json, namespaces: { a: b } }", Workbench.toCanonical,
        "m.yaml:3:48: JSON has no namespaces"
      ),
    ])
  func ends(source: String, target: String, expected: String) {
    let mistakes = Workbench.mistakes("  - { to: a, from: b }\n", source: source, target: target)
    #expect(mistakes.contains { $0.hasPrefix(expected) }, "\(mistakes)")
  }

  @Test("all mistakes of a mapping are told at once, in the order of the file")
  func several() throws {
    let mistakes = Workbench.mistakes("  - { to: 1, from: a }\n  - { to: b, from: c, cut: x }\n  - { to: d }\n")
    #expect(mistakes.map { $0.prefix { $0 != " " } } == ["m.yaml:6:11:", "m.yaml:7:28:", "m.yaml:8:5:"])
    let compiled = Workbench.mistakes("  - { to: a, from: \"b[\" }\n  - { to: c, from: d, codes: no }\n")
    #expect(compiled.map { $0.prefix { $0 != " " } } == ["m.yaml:6:20:", "m.yaml:7:30:"])
  }

  @Test("ignored paths need a reason and must be expressions")
  func ignored() throws {
    func mistakes(_ ignored: String) -> [String] {
      Workbench.mistakes("  - { to: a, from: b }\nignore:\n  - \(ignored)\n")
    }
    #expect(mistakes("{ from: x, reason: empty everywhere }").isEmpty)
    #expect(mistakes("{ from: x }").first?.hasPrefix("m.yaml:8:5: the key ‘reason’ is missing") == true)
    #expect(mistakes("{ from: x, reason: \"\" }").first?.hasPrefix("m.yaml:8:5: the reason is empty") == true)
    #expect(mistakes("{ from: \"x[\", reason: y }").first?.hasPrefix("m.yaml:8:13: ") == true)
  }

  @Test("rows and nesting are bounded, each at its limit")
  func limits() throws {
    var limits = TranslationLimits()
    limits.rows = 3
    limits.groupDepth = 2
    let head = "mapping: a--b\nversion: 1\n\(Workbench.partner)\n\(Workbench.toCanonical)\nrows:\n"
    func codes(_ rows: String) -> [MappingError.Code] {
      do {
        _ = try MappingDefinition(YAMLDocument(parsing: head + rows, file: "m.yaml"), limits: limits)
        return []
      } catch {
        return (error as? MappingErrors)?.errors.map(\.code) ?? [.file]
      }
    }
    let row = "  - { to: a, from: b }\n"
    #expect(codes(row + row + row) == [])
    #expect(codes(row + row + row + row + row) == [.limit])
    #expect(codes("  - { to: a, rows: [ { to: b, value: c } ] }") == [])
    #expect(codes("  - { to: a, rows: [ { to: b, rows: [ { to: c, value: d } ] } ] }") == [.limit])
  }
}
