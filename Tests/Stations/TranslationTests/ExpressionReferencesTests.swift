import Testing
import Translation

@Suite("Which paths an expression reads")
struct ExpressionReferencesTests {
  @Test(
    "paths that make the value are told from those that only decide",
    arguments: [
      ("normalize-space(DocCode)", ["DocCode"], []),
      ("concat(Ho, ' ', ChuDem, \" a/b \", Ten)", ["Ho", "ChuDem", "Ten"], []),
      ("(code | nationalCode)[last()]", ["((code | nationalCode))[last()]"], ["code", "nationalCode"]),
      ("normalize-space(a|b)", ["(a | b)"], []),
      ("attachment[url]/name", ["attachment[url]/name"], ["attachment", "attachment/url", "attachment/name"]),
      (
        "normalize-space(Date[not(starts-with(normalize-space(), '0000-'))])",
        ["Date[not(starts-with(normalize-space(), '0000-'))]"], ["Date", "Date/."]
      ),
      ("../ten", ["../ten"], []), (".", ["."], []), ("normalize-space()", ["."], []), ("'a/b'", [], []),
      ("position()", [], []), ("count(giayTo)", [], ["giayTo"]), ("substring(a, string-length(b))", ["a"], ["b"]),
      ("$group/so", ["($group)/so"], []),
      ("a = 'x' or b > 1.5 and not(c)", ["a", "b"], ["c"]), ("a - b", ["a", "b"], []), ("gia-tri", ["gia-tri"], []),
      ("x:a/child::x:b/text()", ["x:a/x:b/text()"], []), ("a div b * 2", ["a", "b"], []),
      ("str:tokenize(ten)[1]", ["ten"], []),
      (
        "owner/identity[kind = ../main]/@so", ["owner/identity[(kind = ../main)]/@so"],
        ["owner/identity", "owner/identity/kind", "owner/identity/../main", "owner/identity/@so"]
      ),
    ] as [(String, [String], [String])])
  func references(expression: String, values: [String], tests: [String]) {
    let found = ExpressionReferences(of: expression)
    #expect(found.values.map(\.path) == values)
    #expect(found.tests.map(\.path) == tests)
  }

  @Test("functions that look at every node of their argument count all of them")
  func counting() {
    #expect(ExpressionReferences(of: "sum(fee/amount)").values.map(\.countsAll) == [true])
    #expect(ExpressionReferences(of: "string(fee/amount)").values.map(\.countsAll) == [false])
  }
}
