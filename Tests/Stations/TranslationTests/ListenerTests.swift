import DocumentKit
import Testing
import Translation
import XMLKit

@Suite("Listening to a translation")
struct ListenerTests {
  private struct Recorder: TranslationListener {
    static var isListening: Bool { true }
    var heard: [String] = []

    mutating func didSkip(_ row: MappingRow, at _: XMLNode) { heard.append("skip \(row.target)") }
    mutating func didIterate(_ row: MappingRow, over nodes: [XMLNode], at _: XMLNode) {
      heard.append("each \(row.target) \(nodes.count)")
    }
    mutating func didRead(_ row: MappingRow, _ text: String, from nodes: [XMLNode], at _: XMLNode) {
      heard.append("read \(row.target) \(text) \(nodes.map(\.path))")
    }
    mutating func didLookUp(_ row: MappingRow, in table: CodeTable, _ codeRow: CodeTable.Row?) {
      heard.append("code \(row.target) \(table.name) \(codeRow?.position.line ?? 0)")
    }
    mutating func didWrite(_ row: MappingRow, _ text: String) { heard.append("write \(row.target) \(text)") }
    mutating func didOmit(_ row: MappingRow) { heard.append("omit \(row.target)") }
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
        #"read a 1 ["/root/x"]"#, "write a 1", #"read s 2 ["/root/s"]"#, "code s status 7", "write s accepted",
        "skip c",
        "read u 11 []", "write u 11", "each l 2", #"read y 3 ["/root/l[1]/y"]"#, "write y 3", "read y  []", "omit y",
      ])
  }

  @Test("what was heard before an error is not lost")
  func error() throws {
    let mapping = try Workbench.mapping("  - { to: a, from: x }\n  - { to: b, each: \"1\", from: . }")
    var recorder = Recorder()
    #expect(throws: TranslationError.self) {
      try mapping.translate(Workbench.json(#"{"x":"1"}"#), listener: &recorder)
    }
    #expect(recorder.heard == [#"read a 1 ["/root/x"]"#, "write a 1"])
  }

  @Test("listening changes nothing")
  func sameOutcome() throws {
    let mapping = try Workbench.mapping(Self.rows)
    var recorder = Recorder()
    guard case .translated(let heard, _) = try mapping.translate(Workbench.json(Self.document), listener: &recorder)
    else {
      Issue.record("not translated")
      return
    }
    #expect(try Workbench.text(heard) == mapping.text(Workbench.json(Self.document)))
  }
}
