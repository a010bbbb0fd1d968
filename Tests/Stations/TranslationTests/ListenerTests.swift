import DocumentKit
import Testing
import Translation
import XMLKit

@Suite("Listening to a translation")
struct ListenerTests {
  private struct Recorder: TranslationListener {
    static var isListening: Bool { true }
    var heard: [String] = []

    mutating func didTest(_ row: MappingRow, _ isTrue: Bool, reading: SourceReading, at _: XMLNode) {
      heard.append("test \(row.target) \(isTrue) \(paths(reading))")
    }
    mutating func didSkip(_ row: MappingRow, unread: [XMLNode], at _: XMLNode) {
      heard.append("skip \(row.target) [\(unread.map(\.path).joined(separator: " "))]")
    }
    mutating func didIterate(_ row: MappingRow, reading: SourceReading, at _: XMLNode) {
      heard.append("each \(row.target) \(paths(reading))")
    }
    mutating func didRead(_ row: MappingRow, _ text: String, reading: SourceReading, at _: XMLNode) {
      heard.append("read \(row.target) \(text) \(paths(reading))")
    }
    mutating func didLookUp(
      _ row: MappingRow, _ code: String, in table: CodeTable, _ direction: CodeTable.Direction,
      _ codeRow: CodeTable.Row?,
    ) {
      heard.append("code \(row.target) \(code) \(table.name) \(direction) \(codeRow?.position.line ?? 0)")
    }
    mutating func didConvert(_ row: MappingRow, _ step: ConversionStep, _ text: String, to result: String) {
      heard.append("convert \(row.target) \(text) → \(result)")
    }
    mutating func didWrite(_ row: MappingRow, _ text: String, at place: TargetPlace) {
      heard.append("write \(row.target) \(text) at \(place.steps.map(\.element))")
    }
    mutating func didOpen(_ row: MappingRow, at place: TargetPlace) {
      heard.append("open \(row.target) at \(place.steps.map(\.element))")
    }
    mutating func didOmit(_ row: MappingRow, at _: XMLNode) { heard.append("omit \(row.target)") }

    /// What was used, then what was passed over, then what was tested.
    private func paths(_ reading: SourceReading) -> String {
      [reading.used, reading.passedOver, reading.tested].map { $0.map(\.path).joined(separator: " ") }
        .joined(separator: " | ")
    }
  }

  private static let rows = """
      - { to: a, from: x }
      - { to: s, from: s, codes: status }
      - { to: c, value: k, when: nothing }
      - { to: u, from: "concat(x, x)" }
      - to: l
        each: l
        rows: [ { to: y, from: y } ]
    """
  private static let document = #"{"x":"1","s":"2","l":[{"y":"3"},{}]}"#

  @Test("a listener hears every row, node, code and text in the order of evaluation")
  func order() throws {
    let mapping = try Workbench.mapping(Self.rows)
    var recorder = Recorder()
    _ = try mapping.translate(Workbench.json(Self.document), listener: &recorder)
    #expect(
      recorder.heard == [
        "read a 1 /root/x |  | ", "write a 1 at [1]",
        "read s 2 /root/s |  | ", "code s 2 status in 7", "convert s 2 → accepted", "write s accepted at [2]",
        "test c false  |  | ", "skip c []",
        "read u 11 /root/x /root/x |  | ", "write u 11 at [3]",
        "each l /root/l[1] /root/l[2] |  | ", "read y 3 /root/l[1]/y |  | ", "write y 3 at [4, 5]",
        "read y   |  | ", "omit y",
      ])
  }

  @Test("a listener hears what a predicate left out, what a condition keeps from being read, and what is kept empty")
  func decisions() throws {
    let rows = """
        - { to: a, from: "normalize-space(l[y]/z)" }
        - to: g
          when: "x = '2'"
          rows: [ { to: s, from: s } ]
        - { to: e, empty: keep, rows: [ { to: n, from: none } ] }
      """
    var recorder = Recorder()
    _ = try Workbench.mapping(rows).translate(Workbench.json(Self.document), listener: &recorder)
    #expect(
      recorder.heard == [
        "read a   |  | /root/l[1] /root/l[2] /root/l[1]/y", "omit a", "test g false /root/x |  | ", "skip g [/root/s]",
        "read n   |  | ", "omit n", "open e at [1]",
      ])
  }

  @Test("what was heard before an error is not lost")
  func error() throws {
    let mapping = try Workbench.mapping("  - { to: a, from: x }\n  - { to: b, each: \"1\", from: . }")
    var recorder = Recorder()
    #expect(throws: TranslationError.self) {
      try mapping.translate(Workbench.json(#"{"x":"1"}"#), listener: &recorder)
    }
    #expect(recorder.heard == ["read a 1 /root/x |  | ", "write a 1 at [1]"])
  }

  @Test("listening changes nothing")
  func sameOutcome() throws {
    let mapping = try Workbench.mapping(Self.rows)
    var recorder = Recorder()
    guard case .translated(let heard, _, _) = try mapping.translate(Workbench.json(Self.document), listener: &recorder)
    else {
      Issue.record("not translated")
      return
    }
    #expect(try Workbench.text(heard) == mapping.text(Workbench.json(Self.document)))
  }
}
