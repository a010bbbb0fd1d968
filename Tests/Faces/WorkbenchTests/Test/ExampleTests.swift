import FileKit
import GatewayTesting
import Testing
import Workbench

@Suite("Examples beside a mapping")
struct ExampleTests {
  private let bench = TestBench()

  private func put(_ name: String, _ text: String) { bench.write(text, "Mappings/a--b/1/" + name) }

  private func results(updating: Bool = false) throws -> [ExampleResult] {
    let workbench = try bench.open()
    return workbench.test(try workbench.mapping("a--b"), updatingGoldens: updating)
  }

  @Test("an example that gives its golden passes, whatever the layout; one that does not tells the difference")
  func goldens() throws {
    put("examples/dung.in.json", #"{"Ma":"1"}"#)
    put("examples/dung.out.xml", "<d>\n  <code>1</code>\n</d>")
    put("examples/sai.in.json", #"{"Ma":"1","TrangThai":"4"}"#)
    put("examples/sai.out.xml", "<d><code>2</code></d>")
    let results = try results()
    #expect(results.map(\.isPassed) == [true, false])
    #expect(
      results[1].failures.flatMap(\.lines).dropFirst() == [
        #"  ~ /d/code: "2" → "1""#, #"  + /d/status: "processing""#,
      ])
  }

  @Test("a missing golden fails, and is written with --update; so is one that differs")
  func update() throws {
    put("examples/moi.in.json", #"{"Ma":"1"}"#)
    #expect(try results().map(\.isPassed) == [false])
    let updated = try results(updating: true)
    #expect(updated.map(\.isUpdated) == [true] && updated.map(\.isPassed) == [true])
    #expect(try results().map(\.isPassed) == [true])
    #expect(try results(updating: true).map(\.isUpdated) == [false])
  }

  @Test("an input or output that breaks its schema fails, golden or not")
  func invalid() throws {
    put("examples/vao.in.json", #"{"Ma":7}"#)
    put("examples/vao.out.xml", "<d><code>7</code></d>")
    bench.write(
      TestBench.target.replacing("name=\"status\" type=\"xs:string\"", with: "name=\"status\" type=\"xs:integer\""),
      "Schemas/b/1/b.xsd")
    put("examples/ra.in.json", #"{"Ma":"7","TrangThai":"4"}"#)
    put("examples/ra.out.xml", "<d><code>7</code><status>processing</status></d>")
    let lines = try results().map { $0.failures.flatMap(\.lines).first ?? "" }
    #expect(lines == ["the output breaks the target's schema:", "the input breaks the source's schema:"])
  }

  @Test("a refusal must be held or refused for the reason it names")
  func refusals() throws {
    put("refusals/giu.in.json", #"{"Ma":"1","TrangThai":"9"}"#)
    put("refusals/giu.expect", "held st\n")
    put("refusals/thieu.in.json", #"{"Ma":" "}"#)
    put("refusals/thieu.expect", "refused code")
    #expect(try results().map(\.isPassed) == [true, true])
    put("refusals/giu.expect", "held other")
    put("refusals/thieu.expect", "refused name")
    #expect(try results().map(\.isPassed) == [false, false])
  }

  @Test("coverage tells rows, branches and code rows that the examples use and do not use")
  func coverage() throws {
    put("examples/mot.in.json", #"{"Ma":"1","TrangThai":"4","Tep":[{"Ten":"a","Url":"u"}]}"#)
    put("examples/mot.out.xml", "<d/>")
    let workbench = try bench.open()
    let report = try workbench.coverage(of: workbench.mapping("a--b"))
    #expect(report.items(.rows).filter(\.isCovered).map(\.title) == ["code", "status", "name"])
    #expect(
      report.items(.branches).filter(\.isCovered).map(\.title) == ["note: when is false", "file: each finds one"])
    #expect(report.items(.branches).count == 7)
    #expect(report.items(.codes).filter { !$0.isCovered }.map(\.title) == ["st: 5 → supplement"])
    #expect(report.items(.sourceLeaves).filter(\.isCovered).map(\.title).sorted() == ["Ma", "Tep/Ten", "TrangThai"])
    #expect(report.items(.targetLeaves).filter(\.isCovered).map(\.title) == ["code", "status", "file/name"])
    #expect(report.percentage == Double(3 + 2 + 1) * 100 / Double(6 + 7 + 2))
  }
}
