import DocumentKit
import Testing
import Translation
import XMLKit

@Suite("Putting nodes together by a key")
struct GroupByTests {
  private static let rows = """
      - to: nhom
        each: giayTo
        groupBy: loai
        rows:
          - { to: loai, from: loai }
          - { to: so, from: "count($group)" }
          - to: giay
            each: $group
            when: "count($group) > 1"
            rows: [ { to: ten, from: ten }, { to: trong, from: "count($group)" } ]
          - { to: dau, from: "$group[1]/ten" }
    """

  @Test("once for each key in the order of first appearance, with all nodes of the key in $group")
  func groups() throws {
    let mapping = try Workbench.mapping(Self.rows, target: RowTests.json.replacing("partner", with: "canonical"))
    let document = try Workbench.json(
      #"{"giayTo":[{"loai":"B","ten":"1"},{"loai":"A","ten":"2"},{"ten":"3"},{"loai":"B","ten":"4"},{"ten":"5"}]}"#)
    #expect(
      try mapping.text(document) == #"{"nhom":[{"loai":"B","so":"2","giay":[{"ten":"1","trong":"2"},"#
        + #"{"ten":"4","trong":"2"}],"dau":"1"},{"loai":"A","so":"1","dau":"2"},"#
        + #"{"so":"2","giay":[{"ten":"3","trong":"2"},{"ten":"5","trong":"2"}],"dau":"3"}]}"#)
    #expect(try mapping.text(Workbench.json("{}")) == "{}")
  }

  @Test("groups in groups have their own $group, and the outer one is back afterwards")
  func nested() throws {
    let mapping = try Workbench.mapping(
      """
        - to: l
          each: x
          groupBy: a
          rows:
            - to: m
              each: $group
              groupBy: b
              rows: [ { to: n, from: "count($group)" } ]
            - { to: k, each: $group, groupBy: b, from: "concat(b, count($group))" }
            - { to: all, from: "count($group)" }
      """)
    let document = #"{"x":[{"a":"1","b":"p"},{"a":"1","b":"q"},{"a":"1","b":"p"},{"a":"2","b":"p"}]}"#
    #expect(
      try mapping.text(Workbench.json(document)) == "<dossier><l><m><n>2</n></m><m><n>1</n></m><k>p2</k><k>q1</k>"
        + "<all>3</all></l><l><m><n>1</n></m><k>p1</k><all>1</all></l></dossier>")
  }

  @Test("lists in groups are written flat again")
  func ungroup() throws {
    let mapping = try Workbench.mapping(
      "  - { to: giayTo, each: nhom/giayTo, rows: [ { to: loai, from: ../ten }, { to: ten, from: ten } ] }")
    let document = #"{"nhom":[{"ten":"A","giayTo":[{"ten":"1"},{"ten":"2"}]},{"ten":"B","giayTo":[{"ten":"3"}]}]}"#
    #expect(
      try mapping.text(Workbench.json(document)) == "<dossier><giayTo><loai>A</loai><ten>1</ten></giayTo>"
        + "<giayTo><loai>A</loai><ten>2</ten></giayTo><giayTo><loai>B</loai><ten>3</ten></giayTo></dossier>")
  }

  @Test(
    "$group is known only where there is one",
    arguments: [
      ("{ to: a, from: \"$group\" }", "m.yaml:6:20: the expression \"$group\" uses $group, which is not known here"),
      ("{ to: a, each: x, groupBy: \"$group\", rows: [ { to: b, from: c } ] }", "m.yaml:6:32: "),
      (
        "{ to: a, each: x, groupBy: y, rows: [ { to: ., parse: { from: d, schema: s, format: json }, "
          + "rows: [ { to: b, from: \"$group\" } ] } ] }", "m.yaml:6:"
      ),
      ("{ to: a, each: x, groupBy: y, rows: [ { to: b, from: \"$other\" } ] }", "m.yaml:6:58: "),
      ("{ to: a, groupBy: y, rows: [ { to: b, from: c } ] }", "m.yaml:6:14: ‘groupBy’ needs nodes to put together"),
    ])
  func mistakes(row: String, expected: String) {
    let mistakes = Workbench.mistakes("  - \(row)\n")
    #expect(mistakes.count == 1 && mistakes[0].hasPrefix(expected), "\(mistakes)")
  }
}
